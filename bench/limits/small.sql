-- The small query, for the key whose hash is $1.
SELECT json_build_object('data', json_build_object('workspace', json_build_object(
    'name', w.name,
    'subscription', json_build_object(
        'status', s.status,
        'plan', json_build_object('key', p.key)),
    'creditBalance', json_build_object('available', bench.credits(
        b.total_mc - b.held_mc - coalesce((
            SELECT sum(l.remaining_mc)::bigint FROM credit_lot l
            WHERE l.account_id = a.id AND l.remaining_mc > 0
              AND l.expires_at <= coalesce(w.clock_at, now())), 0)))
)))::text
FROM api_key k
JOIN workspace w ON w.id = k.workspace_id
JOIN subscription s ON s.workspace_id = w.id
JOIN plan p ON p.id = s.plan_id
JOIN credit_account a ON a.workspace_id = w.id
JOIN credit_balance b ON b.account_id = a.id
WHERE k.secret_hash = $1
  AND k.revoked_at IS NULL
  AND (k.expires_at IS NULL OR k.expires_at > now())
  AND k.scopes ?| '{read,*}'
