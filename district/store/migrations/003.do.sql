-- Public half of the desk's letter box: what the district seals for one desk alone, it seals to this.
alter table desk add column box_key text not null default '';
