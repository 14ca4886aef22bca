-- Where a refused event stood: what its desk did to the dossier after it must not wait for it for ever.
alter table refused_event add column dossier_id text not null default '';
alter table refused_event add column n bigint not null default 0;
create index refused_event_of_dossier on refused_event (unit_id, desk_id, dossier_id);
