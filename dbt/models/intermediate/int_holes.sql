{{ holes_of(ref('stg_sales_days')) }}
