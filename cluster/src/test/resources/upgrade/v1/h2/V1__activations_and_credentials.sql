-- See the script for PostgreSQL.
CREATE TABLE kaitsu_activation (
    id            varchar(64) NOT NULL PRIMARY KEY,
    size          bigint  NOT NULL,
    head          varchar,
    headless      boolean NOT NULL,
    site          varchar(8),
    account       varchar(128),
    organisation  varchar(64),
    reference     varchar,
    labels        varchar ARRAY,
    statuses      varchar ARRAY,
    turn          varchar(16),
    last_event_at bigint,
    forgotten_at  varchar(40)
);
CREATE INDEX kaitsu_activation_customer ON kaitsu_activation (site, account, organisation);
CREATE INDEX kaitsu_activation_reference ON kaitsu_activation (reference);
CREATE INDEX kaitsu_activation_turn ON kaitsu_activation (turn, id);
CREATE INDEX kaitsu_activation_headless ON kaitsu_activation (headless);

CREATE TABLE kaitsu_journal (
    id      varchar(64) NOT NULL,
    number  bigint NOT NULL,
    entry   varchar NOT NULL,
    written bigint NOT NULL,
    PRIMARY KEY (id, number)
);
CREATE INDEX kaitsu_journal_written ON kaitsu_journal (written);

-- Whoever appends counts here last, and others wait until that is committed: the order of the numbers is that of the commits.
CREATE TABLE kaitsu_written (counted bigint NOT NULL);
INSERT INTO kaitsu_written VALUES (0);

CREATE TABLE kaitsu_lease (
    id          varchar(64) NOT NULL PRIMARY KEY,
    token       bigint NOT NULL,
    holder      varchar
);

CREATE TABLE kaitsu_claim (
    kind  varchar NOT NULL,
    name  varchar NOT NULL,
    owner varchar NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE kaitsu_credential (
    name    varchar(32) NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    sealed  varchar
);

CREATE TABLE kaitsu_hold (
    name varchar(32) NOT NULL PRIMARY KEY
);
