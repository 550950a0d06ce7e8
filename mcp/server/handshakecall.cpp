#include "mcp/server/handshakecall.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

// A person may have to read and type; a client that gives up earlier cancels the call.
constexpr std::chrono::seconds patience{120};

Reply<QJsonObject> gathered(QStringList keys, std::vector<Reply<QJsonObject>> asked)
{
    QJsonObject answers;
    for (size_t i = 0; i < asked.size(); ++i)
        answers[keys[qsizetype(i)]] = co_await asked[i];
    co_return answers;
}

} // namespace

HandshakeCall::HandshakeCall(ClientRequests &requests, const Exchange &exchange)
    : m_requests(&requests)
    , m_key(exchange.key)
    , m_revision(exchange.revision)
    , m_capabilities(exchange.capabilities)
{
}

bool HandshakeCall::can(QStringView capability) const
{
    return m_capabilities.contains(capability) && (capability != u"elicitation" || hasElicitation(m_revision));
}

Reply<QJsonObject> HandshakeCall::ask(std::vector<Question> questions)
{
    if (!m_requests)
        return answered<QJsonObject>(Failure({Error::Kind::Cancelled, u"The client is gone"_s}));
    QStringList keys;
    std::vector<Reply<QJsonObject>> asked;
    for (const Question &question : questions) {
        keys << question.key;
        asked.push_back(m_requests->ask(question.method, question.params, m_key, patience));
    }
    return gathered(keys, std::move(asked));
}

} // namespace mcp
