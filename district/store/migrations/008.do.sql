-- What desks are told of an event beside its text, so that they need not read it to find its place. Events from before these
-- columns say nothing: there a desk reads the text. `replaces` is empty where an event replaces none.
alter table event add column type text not null default '', add column replaces text not null default '';
