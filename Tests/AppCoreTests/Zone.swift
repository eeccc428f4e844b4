import Glibc

/// Days and hours are local: every test of this process means the same zone by that.
func pinZone() { _ = zone }

private let zone: Void = {
    setenv("TZ", "UTC", 1)
    tzset()
}()
