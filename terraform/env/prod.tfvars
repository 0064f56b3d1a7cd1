project           = "my-shop-prod"
environment       = "prod"
state_bucket      = "my-shop-prod-terraform"
github_repository = "my-shop/trendflow"
service           = { memory = "4Gi", min_instances = 1, max_instances = 10 }
alert_emails      = ["data-team@example.com"]
invokers          = ["group:merchandisers@example.com"]
