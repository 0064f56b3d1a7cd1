project             = "my-shop-dev"
environment         = "dev"
state_bucket        = "my-shop-dev-terraform"
github_repository   = "my-shop/trendflow"
deletion_protection = false
soft_delete_days    = 7
