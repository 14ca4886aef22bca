-- What desks are told of an event beside its text, so that they need not read it to find its place. Events from before this
-- column say nothing: there a desk reads the text.
alter table event add column type text not null default '';
