-- One district. Small reference tables (district, desk, enrolment_code, publication) are looked up without a unit and
-- would be replicated to every node of a distributed PostgreSQL; everything else is keyed by unit first and would be
-- distributed by it. No sequences, no triggers, no unique key across units.

create table district (
  id int primary key default 1 check (id = 1),
  epoch text not null,
  name text not null,
  created_at timestamptz not null
);

create table publication (
  kind text not null,
  -- Empty for what every unit shares.
  unit_id text not null,
  version int not null,
  body text not null,
  -- Hash of the shipped file it was loaded from; empty for what was published here.
  source text not null,
  published_at timestamptz not null,
  primary key (kind, unit_id, version)
);

create table desk (
  desk_id text primary key,
  unit_id text not null,
  name text not null,
  public_key text not null,
  lane int not null,
  lane_first int not null,
  lane_last int not null,
  lane_valid_until text not null,
  enrolled_at timestamptz not null,
  retired_at timestamptz
);

create table enrolment_code (
  code_hash text primary key,
  unit_id text not null,
  desk_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  desk_id text
);

-- The counter of a unit. Its row is locked by whoever adds to the stream: the order has no gaps and nothing is skipped.
create table stream (
  unit_id text primary key,
  seq bigint not null default 0,
  lanes int not null default 0
);

create table event (
  unit_id text not null,
  seq bigint not null,
  event_id text not null,
  dossier_id text not null,
  desk_id text not null,
  -- The exact text as the desk wrote it: its chain covers these bytes.
  text text not null,
  bytes int not null,
  findings text not null,
  received_at timestamptz not null,
  primary key (unit_id, seq),
  unique (unit_id, event_id)
);
create index event_of_dossier on event (unit_id, dossier_id, seq);

-- Refused events keep their verdict and their text: nothing disappears.
create table refused_event (
  unit_id text not null,
  desk_id text not null,
  event_id text not null,
  code text not null,
  text text not null,
  received_at timestamptz not null,
  primary key (unit_id, desk_id, event_id)
);

-- Every place of a desk's chain the district has seen, parked events included.
create table chain_link (
  unit_id text not null,
  desk_id text not null,
  n bigint not null,
  event_id text not null,
  salt text not null,
  body_hash text not null,
  link text not null,
  -- Of the desk over this link, when it was the head of a batch.
  signature text,
  primary key (unit_id, desk_id, n)
);

create table dossier_number (
  unit_id text not null,
  number text not null,
  dossier_id text not null,
  event_id text not null,
  primary key (unit_id, number)
);

create table incident (
  unit_id text not null,
  desk_id text not null,
  code text not null,
  -- What it is about: a place or a stretch of the chain, an event id.
  subject text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times int not null default 1,
  closed_at timestamptz,
  primary key (unit_id, desk_id, code, subject)
);

create table attachment (
  unit_id text not null,
  sha256 text not null,
  bytes int not null,
  media_type text not null,
  desk_id text not null,
  received_at timestamptz not null,
  primary key (unit_id, sha256)
);

create table desk_contact (
  unit_id text not null,
  desk_id text not null,
  at timestamptz not null,
  primary key (unit_id, desk_id)
);

create table request_nonce (
  unit_id text not null,
  desk_id text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (unit_id, desk_id, nonce)
);
create index request_nonce_expiry on request_nonce (expires_at);
