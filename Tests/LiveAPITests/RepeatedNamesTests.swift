import FoundationEssentials
import LiveAPI
import Testing

@Suite struct RepeatedNamesTests {
    private func isRead(_ json: String) -> Bool {
        (try? WireJSON.decodeRequest(MessageRequest.self, from: Data(json.utf8))) != nil
    }

    @Test(arguments: [
        #"{"text":"a","text":"b"}"#, #"{"text":"a","te\u0078t":"a"}"#, #"{"text":"a","x":{"y":1,"y":1}}"#,
        #"{"text":"a","x":[[{"":1,"":2}]]}"#,
    ])
    func aNameThatStandsTwiceIsRefused(_ json: String) {
        #expect(!isRead(json))
    }

    @Test(arguments: [
        #"{"text":"a"}"#, #"{"text":"a","x":{"text":"b"},"y":{"text":"c"}}"#, #"{"text":"text","x":["text","text"]}"#,
    ])
    func theSameNameInAnotherObjectIsAnother(_ json: String) {
        #expect(isRead(json))
    }
}
