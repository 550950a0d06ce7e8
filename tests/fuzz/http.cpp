// Requests of whoever reaches our port: read the same however the bytes are cut, refused whole or let through whole, never let
// through without the token or under another name; and no answer of ours holds what makes two of it.
#include "fuzz/requirement.h"

#include "mcp/transport/httpgate.h"
#include "mcp/transport/httpparser.h"
#include "mcp/transport/httprules.h"

#include <QJsonDocument>

using namespace mcp;
using fuzz::require;

namespace {

// All requests of a connection; where it cannot go on, the last has a status.
class Connection
{
public:
    void take(const QByteArray &bytes)
    {
        if (m_failed)
            return;
        for (HttpParser::State state = m_parser.feed(bytes); state != HttpParser::State::Reading; state = m_parser.feed({})) {
            if (state == HttpParser::State::Header)
                continue;
            if (state == HttpParser::State::Failed) {
                m_failed = true;
                told << "failed " + QByteArray::number(m_parser.status());
                return;
            }
            requests.push_back(m_parser.takeRequest());
            told << shown(requests.back());
            m_parser.next();
        }
    }

    bool failed() const { return m_failed; }

    QByteArrayList told;
    std::vector<HttpRequest> requests;

private:
    static QByteArray shown(const HttpRequest &request)
    {
        QByteArray all = request.method + ' ' + request.path + '?' + request.query + (request.keepAlive ? " keep" : " close") + (request.chunks ? " 1.1" : " 1.0");
        for (const auto &[name, value] : request.headers)
            all += '\n' + name + '=' + value;
        return all + "\n\n" + request.body;
    }

    HttpParser m_parser;
    bool m_failed = false;
};

void checkAnswer(const HttpAnswer &answer)
{
    const QByteArray head = headOf(answer.status, answer.headers);
    require(head.endsWith("\r\n\r\n") && head.count("\r\n\r\n") == 1 && head.count('\n') == head.count("\r\n"), "the head of an answer is one", head);
    require(answer.status >= 400 && QJsonDocument::fromJson(answer.body).isObject(), "a refusal says why", answer.body);
}

void checkGate(const HttpRequest &request)
{
    for (const HttpGate &gate : {HttpGate("the-token"), HttpGate("the-token", true)}) {
        const std::optional<HttpAnswer> refusal = gate.refusal(request);
        const bool mayPass = request.path == "/health" || request.header("authorization").contains("the-token");
        require(refusal || mayPass, "nobody passes without the token", request.header("authorization"));
        if (refusal)
            checkAnswer(*refusal);
    }
    if (HttpGate().refusal(request))
        return;
    const QByteArray host = request.header("host").toLower();
    require(host.contains("localhost") || host.contains("127.") || host.contains("[") || host.contains("0") || host.contains("1"), "without a token only this machine's names", host);
}

void checkRules(const HttpRequest &request)
{
    static const QJsonObject schema = QJsonDocument::fromJson(R"({"properties":{"id":{"type":"string","x-mcp-header":"Id"},"n":{"type":"number","x-mcp-header":"N"}}})").object();
    if (const auto refusal = formRefusal(request))
        checkAnswer(*refusal);
    request.queryItem("sessionId");
    const RpcResult<QJsonValue> json = parseLine(request.body);
    const RpcResult<Message> message = json ? readMessage(*json) : RpcFailure(RpcError{});
    if (!message)
        return;
    for (const auto &refusal : {versionRefusal(request, *message), mirrorRefusal(request, *message), paramRefusal(request, *message, schema)}) {
        if (refusal)
            checkAnswer(*refusal);
    }
    isAnswer(request.body);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    Connection whole, cut;
    whole.take(bytes);
    fuzz::inPieces(bytes, data[0], [&cut](const QByteArray &piece) { cut.take(piece); });
    if (whole.told.size() == cut.told.size() + 1 && whole.requests.size() == cut.requests.size())
        cut.take("\r\n\r\n"); // what is refused before its end has come may be refused a little later
    const bool bothFailed = whole.failed() && cut.failed() && whole.requests.size() == cut.requests.size();
    if (bothFailed) { // for one of its faults: which of them is seen first is no difference
        whole.told.removeLast();
        cut.told.removeLast();
    }
    require(whole.told == cut.told, "requests are the same however they are cut", QByteArray(whole.told.join("\n---\n") + "\n=== in pieces:\n" + cut.told.join("\n---\n")));

    for (const HttpRequest &request : whole.requests) {
        require(request.body.size() <= HttpParser::bodyLimit, "a body keeps to its limit");
        for (const auto &[name, value] : request.headers)
            require(!value.contains('\n') && !value.contains('\r') && !value.contains('\0') && !name.isEmpty(), "a header's value is one line", value);
        checkGate(request);
        checkRules(request);
    }
    return 0;
}
