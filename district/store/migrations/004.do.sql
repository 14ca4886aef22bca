-- Data keys of desks, sealed to their unit's recovery key: noise to everyone without its file and passphrase.
create table desk_escrow (
  unit_id text not null,
  desk_id text not null,
  -- The recovery key it is sealed to.
  key_id text not null,
  sealed text not null,
  received_at timestamptz not null,
  primary key (unit_id, desk_id, key_id)
);

-- A dead desk's data key, opened by the holder of the recovery key and sealed again to the letter box of a new desk.
create table lent_key (
  unit_id text not null,
  desk_id text not null,
  old_desk_id text not null,
  sealed text not null,
  lent_at timestamptz not null,
  primary key (unit_id, desk_id, old_desk_id)
);
