{{ latest_pull(ref('stg_signal_revisions')) }}
