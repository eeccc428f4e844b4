-- A viewer in a live show, for wrk: each connection asks for the head of a show as often as the head says, a tenth more or less,
-- and now and then for what a viewer asks for beside it. Bodies are always asked for in full: the worst case for the cache.
local shows = {}
for id in os.getenv("SHOWS"):gmatch("%S+") do shows[#shows + 1] = id end
local poll = tonumber(os.getenv("POLL_MS"))

function init() math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647) end

function delay() return math.random(poll * 0.9, poll * 1.1) end

function request()
    local show = shows[math.random(#shows)]
    local dice = math.random(100)
    if dice <= 94 then return wrk.format("GET", "/v1/shows/" .. show .. "/head") end
    if dice <= 97 then return wrk.format("GET", "/v1/shows/" .. show .. "/timeline/0") end
    if dice <= 99 then return wrk.format("GET", "/v1/shows/" .. show) end
    return wrk.format("GET", "/v1/shows?state=live")
end
