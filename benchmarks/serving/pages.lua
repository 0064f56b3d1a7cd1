-- Asks for the first pages of the categories in turn.
local next = 0
request = function()
  next = (next + 1) % 40
  return wrk.format("GET", "/api/v1/recommendations?category=Category%20" .. next .. "&limit=20")
end
