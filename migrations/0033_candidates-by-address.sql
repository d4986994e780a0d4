-- Who has the same address is one person: each look at one of their candidates finds the others by it.
CREATE INDEX candidates_by_address ON candidates (tenant_id, lower(trim(email)));
