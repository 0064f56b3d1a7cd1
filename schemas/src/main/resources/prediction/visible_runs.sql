-- Published scoring runs that are neither retracted nor in hindsight.
select *
from ${table}
where run_id not in (select run_id from ${table} where retracted or hindsight)
