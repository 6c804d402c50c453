-- Where a visitor has been on the site, and with what, as JSON.
ALTER TABLE visitors ADD COLUMN trail TEXT NOT NULL DEFAULT '{}';
