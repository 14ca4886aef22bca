-- Events that wait for another one. Their desk offers them again as long as it lives; should it die, they are here.
create table parked_event (
  unit_id text not null,
  desk_id text not null,
  event_id text not null,
  n bigint not null,
  salt text not null,
  body_hash text not null,
  link text not null,
  text text not null,
  received_at timestamptz not null,
  primary key (unit_id, desk_id, event_id)
);
