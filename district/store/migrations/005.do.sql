-- A desk that takes the place of a dead one (`enrol-code --replaces`): it alone may bring what the dead one had not sent.
alter table enrolment_code add column replaces text;
alter table desk add column replaces text;
