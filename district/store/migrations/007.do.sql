-- Receptions of 2 to 4 KB stay in their row as they are: packing each, and unpacking it for every desk that reads it, costs a
-- district more time than the third of the disk it saves.
alter table event set (toast_tuple_target = 8160);
