-- When which run is woken: db-scheduler's table, a row a run that has not ended. Its own, so that it hinders no other use of db-scheduler.
-- Whoever writes in a run sets its row's time to now in the same transaction, also while a node has picked it; the version stays.
CREATE TABLE kaitsu_wake_up (
    task_name            varchar NOT NULL,                      -- look
    task_instance        varchar(64) COLLATE "C" NOT NULL,      -- the run's id
    task_data            bytea,                                 -- nothing: the store is the truth
    execution_time       timestamp with time zone NOT NULL,
    picked               boolean NOT NULL,
    picked_by            varchar,
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,                               -- above 0: it is tried again, and does not sleep
    last_heartbeat       timestamp with time zone,
    version              bigint NOT NULL,                       -- begins anew with the row: no fencing token
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 70);
CREATE INDEX kaitsu_wake_up_time ON kaitsu_wake_up (execution_time);
CREATE INDEX kaitsu_wake_up_heartbeat ON kaitsu_wake_up (last_heartbeat) WHERE last_heartbeat IS NOT NULL;

INSERT INTO kaitsu_wake_up (task_name, task_instance, execution_time, picked, version)
    SELECT 'look', id, clock_timestamp(), false, 1 FROM kaitsu_activation
        WHERE size > 0 AND (headless OR turn IS DISTINCT FROM 'NOBODY');
