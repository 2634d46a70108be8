-- Why: a page that was fetched or crawled came with an answer's head. It belongs to the proof of what a server sent,
-- and a replay needs it.

ALTER TABLE captures ADD COLUMN headers TEXT;  -- status line and headers as they came; NULL where there were none
