-- One row a run that was begun; of a forgotten one only id and time are left. Nothing here is written by a look that finds nothing.
CREATE TABLE kaitsu_activation (
    id            varchar(64) COLLATE "C" NOT NULL PRIMARY KEY, -- pages are in the order of its bytes
    size          bigint  NOT NULL,
    head          text,                                         -- what lists show; absent: made anew from the journal
    headless      boolean NOT NULL,
    site          varchar(8),
    account       varchar(128),
    organisation  varchar(64),
    reference     varchar,
    labels        varchar[],
    statuses      varchar[],
    turn          varchar(16),
    last_event_at bigint,                                       -- nanoseconds since 1970
    forgotten_at  varchar(40)
) WITH (fillfactor = 70);
CREATE INDEX kaitsu_activation_customer ON kaitsu_activation (site, account, organisation);
CREATE INDEX kaitsu_activation_reference ON kaitsu_activation (reference);
CREATE INDEX kaitsu_activation_turn ON kaitsu_activation (turn, id);
CREATE INDEX kaitsu_activation_live ON kaitsu_activation (id) WHERE turn <> 'NOBODY';
CREATE INDEX kaitsu_activation_headless ON kaitsu_activation (id) WHERE headless;
CREATE INDEX kaitsu_activation_labels ON kaitsu_activation USING gin (labels);

-- Rows are only ever added, and erased with their run. Who wrote since is told by the transaction: a sequence misses late commits.
CREATE TABLE kaitsu_journal (
    id      varchar(64) COLLATE "C" NOT NULL,
    number  bigint NOT NULL,
    entry   text   NOT NULL,
    written xid8   NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, number)
);
CREATE INDEX kaitsu_journal_written ON kaitsu_journal (written);

-- Who may append what was decided, until when by the database's clock. Rows stay, so that no token is given twice.
CREATE TABLE kaitsu_lease (
    id          varchar(64) COLLATE "C" NOT NULL PRIMARY KEY,
    token       bigint NOT NULL,
    lease_until timestamp with time zone
) WITH (fillfactor = 70);

CREATE TABLE kaitsu_claim (
    kind  varchar NOT NULL,
    name  varchar NOT NULL,
    owner varchar NOT NULL,
    PRIMARY KEY (kind, name)
);

-- Sealed with the host's key; without a text the entry is deleted, and its version is kept.
CREATE TABLE kaitsu_credential (
    name    varchar(32) NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    sealed  text
);

-- A row is locked by who refreshes a credential, and gone afterwards.
CREATE TABLE kaitsu_hold (
    name varchar(32) NOT NULL PRIMARY KEY
);
