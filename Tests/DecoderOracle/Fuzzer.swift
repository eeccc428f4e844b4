/// What libFuzzer calls (`make fuzz`); a violation ends the process, and libFuzzer keeps the bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    if let violation = DecoderOracle.violation(by: UnsafeBufferPointer(start: bytes, count: count)) {
        fatalError(violation)
    }
    return 0
}
