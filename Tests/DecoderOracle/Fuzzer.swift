/// What libFuzzer calls (`make fuzz`); a violation ends the process, and libFuzzer keeps the bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: bytes, count: count)
    // The first byte says which law it is about.
    let violation =
        bytes.first == 255 ? TimeLaw.violation(by: bytes.dropFirst()) : DecoderOracle.violation(by: bytes)
    if let violation { fatalError(violation) }
    return 0
}
