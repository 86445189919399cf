-- The desk's own, beside Kaitsu's tables. Nothing here is a secret.
CREATE TABLE IF NOT EXISTS desk_customer (
  activation VARCHAR(64) PRIMARY KEY,
  owner VARCHAR(128) NOT NULL,
  mail_expires TIMESTAMP WITH TIME ZONE,
  users INT
);
CREATE TABLE IF NOT EXISTS desk_contact (
  activation VARCHAR(64) NOT NULL,
  role VARCHAR(16) NOT NULL,
  name VARCHAR(128) NOT NULL,
  PRIMARY KEY (activation, role)
);
CREATE TABLE IF NOT EXISTS desk_drift (
  activation VARCHAR(64) PRIMARY KEY,
  checked TIMESTAMP WITH TIME ZONE NOT NULL,
  lost_since TIMESTAMP WITH TIME ZONE,
  ask_again INT NOT NULL,
  lost_ja VARCHAR(4000) NOT NULL,
  lost_en VARCHAR(4000) NOT NULL
);
CREATE TABLE IF NOT EXISTS desk_notice (
  person VARCHAR(128) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  activation VARCHAR(64) NOT NULL,
  subject VARCHAR(128) NOT NULL,
  told TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (person, kind, activation, subject)
);
CREATE TABLE IF NOT EXISTS desk_digest (
  person VARCHAR(128) NOT NULL,
  sent_day VARCHAR(10) NOT NULL,
  sent TIMESTAMP WITH TIME ZONE NOT NULL,
  title VARCHAR(200) NOT NULL,
  body VARCHAR(4000) NOT NULL,
  PRIMARY KEY (person, sent_day)
);
