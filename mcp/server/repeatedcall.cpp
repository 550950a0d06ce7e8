#include "mcp/server/repeatedcall.h"

#include <QCryptographicHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

QString digestOf(const Exchange &exchange)
{
    QJsonObject params = exchange.params;
    for (const QString &aside : {u"_meta"_s, u"inputResponses"_s, u"requestState"_s})
        params.remove(aside);
    const QByteArray call = toLine(QJsonObject{{u"method"_s, exchange.method}, {u"params"_s, params}});
    return QString::fromLatin1(QCryptographicHash::hash(call, QCryptographicHash::Sha256).toHex());
}

bool isAnswer(const QString &method, const QJsonValue &value)
{
    if (!value.isObject())
        return false;
    if (method != u"elicitation/create")
        return true;
    const QString action = value[u"action"].toString();
    return (action == u"accept" && value[u"content"].isObject()) || action == u"decline" || action == u"cancel";
}

} // namespace

RpcResult<std::shared_ptr<RepeatedCall>> RepeatedCall::of(const Exchange &exchange, std::shared_ptr<Seal> seal)
{
    std::shared_ptr<RepeatedCall> call(new RepeatedCall);
    call->m_seal = std::move(seal);
    call->m_digest = digestOf(exchange);
    call->m_capabilities = exchange.capabilities;
    call->m_given = exchange.params[u"inputResponses"].toObject();
    const QJsonValue state = exchange.params[u"requestState"];
    if (state.isUndefined())
        return call;
    if (!state.isString())
        return RpcFailure({RpcError::InvalidParams, u"requestState must be a text"_s});
    const RpcResult<QJsonObject> opened = call->m_seal->open(state.toString());
    if (!opened)
        return RpcFailure(opened.error());
    if (opened->isEmpty()) // sealed by a server that is gone, or too long ago: it is asked again
        return call;
    if ((*opened)[u"call"] != call->m_digest)
        return RpcFailure({RpcError::InvalidParams, u"requestState belongs to another call"_s});
    call->m_answers = (*opened)[u"answers"].toObject();
    const QJsonObject asked = (*opened)[u"asked"].toObject(); // key → method
    for (auto it = asked.begin(); it != asked.end(); ++it) {
        if (isAnswer(it->toString(), call->m_given[it.key()]))
            call->m_answers[it.key()] = call->m_given[it.key()];
    }
    return call;
}

bool RepeatedCall::can(QStringView capability) const
{
    return m_capabilities.contains(capability);
}

Reply<QJsonObject> RepeatedCall::ask(std::vector<Question> questions)
{
    QJsonObject answers;
    for (const Question &question : questions) {
        if (!can(capabilityFor(question.method)))
            m_missing[capabilityFor(question.method)] = QJsonObject();
        if (m_answers.contains(question.key))
            answers[question.key] = m_answers[question.key];
        else if (!question.mustBeAsked && isAnswer(question.method, m_given[question.key]))
            answers[question.key] = m_given[question.key];
        else
            m_open.push_back(question);
    }
    if (!m_open.empty())
        return answered<QJsonObject>(Failure({Error::Kind::Cancelled, u"The client is asked first"_s}));
    return answered<QJsonObject>(answers);
}

QJsonObject RepeatedCall::inputRequired() const
{
    if (m_open.empty())
        return {};
    QJsonObject requests, asked;
    for (const Question &question : m_open) {
        requests[question.key] = QJsonObject{{u"method"_s, question.method}, {u"params"_s, question.params}};
        asked[question.key] = question.method;
    }
    return {{u"resultType"_s, u"input_required"_s},
            {u"inputRequests"_s, requests},
            {u"requestState"_s, m_seal->close({{u"call"_s, m_digest}, {u"answers"_s, m_answers}, {u"asked"_s, asked}})}};
}

} // namespace mcp
