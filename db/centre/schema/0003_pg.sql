-- A whole batch of the ordinary kind in one statement, and so in one round
-- trip and one transaction of its own: receive.h writes it in this way unless
-- there is more to do than to add (a VOID, money paid twice, totals that are
-- wrong). Inside a function PostgreSQL keeps its plans for as long as the
-- connection behind pgbouncer lives, whosever turn it is. Released files are
-- never edited.
--
-- 0: done. 1: the terminal's row is no longer what the batch was judged with,
-- and nothing was written. CT002: something of it is paid already, and nothing
-- was written, either. Arrays of one table are of one length.
CREATE FUNCTION take_batch(
	of_dev bytea, was_state bigint, was_last bigint, was_head bytea,
	new_last bigint, new_head bytea, new_key bytea, new_epoch bigint,
	new_tot bytea, new_claimed bigint, new_unsign bigint, new_ended bigint,
	now_ms bigint,
	r_seq bigint[], r_kind bigint[], r_t bigint[], r_shift bigint[],
	r_body bytea[], r_h bytea[], r_sig bytea[],
	k_first bigint[], k_epoch bigint[], k_key bytea[],
	p_seq bigint[], p_sealed bytea[],
	m_ent bytea[], m_seq bigint[],
	note_text bytea
) RETURNS bigint LANGUAGE plpgsql SET lock_timeout = '10s' AS $$
DECLARE
	entered bigint;
BEGIN
	-- Waits for whoever else has the row, and looks at it anew then.
	UPDATE device SET last = new_last, head = new_head, key = new_key,
		epoch = new_epoch, tot = new_tot,
		claimed = greatest(claimed, new_claimed), unsign = new_unsign,
		ended = new_ended, contact = now_ms
		WHERE dev = of_dev AND state = was_state AND last = was_last
		AND head = was_head;
	IF NOT FOUND THEN
		RETURN 1;
	END IF;
	-- In the order of ent, so that two who wait for each other cannot be.
	IF cardinality(m_ent) > 0 THEN
		INSERT INTO paid (ent, dev, seq) SELECT u.ent, of_dev, u.seq
			FROM unnest(m_ent, m_seq) u (ent, seq)
			ON CONFLICT DO NOTHING;
		GET DIAGNOSTICS entered = ROW_COUNT;
		IF entered <> cardinality(m_ent) THEN
			RAISE EXCEPTION 'paid already' USING ERRCODE = 'CT002';
		END IF;
	END IF;
	INSERT INTO record (dev, seq, kind, t, shift, body, h, sig, came)
		SELECT of_dev, u.*, now_ms FROM unnest(r_seq, r_kind, r_t,
			r_shift, r_body, r_h, r_sig) u;
	IF cardinality(k_first) > 0 THEN
		INSERT INTO epoch (dev, first, epoch, key)
			SELECT of_dev, u.* FROM unnest(k_first, k_epoch, k_key) u;
	END IF;
	IF cardinality(p_seq) > 0 THEN
		INSERT INTO pd (dev, seq, sealed) SELECT of_dev, u.*
			FROM unnest(p_seq, p_sealed) u ON CONFLICT DO NOTHING;
	END IF;
	INSERT INTO note (dev, seq, text, t)
		VALUES (of_dev, new_last, note_text, now_ms);
	RETURN 0;
END
$$;
