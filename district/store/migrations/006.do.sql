-- The link of each place of a unit's stream (shared/wire/stream-proof.ts): with the district's signature it proves, after a
-- restore, what had been accepted. Places from before this column have none.
alter table event add column link text not null default '';
