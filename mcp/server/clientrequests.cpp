#include "mcp/server/clientrequests.h"

#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {

ClientRequests::ClientRequests(QObject *parent)
    : QObject(parent)
    , m_prefix(u"conductor-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces).left(13) + u'-')
{
}

ClientRequests::~ClientRequests()
{
    while (!m_open.empty())
        finish(m_open.begin()->first, Failure({Error::Kind::Cancelled, u"The client is gone"_s}));
}

Reply<QJsonObject> ClientRequests::ask(const QString &method, const QJsonObject &params, const QByteArray &call, std::chrono::milliseconds patience)
{
    const QString id = m_prefix + QString::number(++m_count);
    Open &open = m_open[id];
    open.call = call;
    open.promise.start();
    const Reply<QJsonObject> reply = open.promise.future();
    QTimer::singleShot(patience, this, [this, id] { finish(id, Failure({Error::Kind::Timeout, u"The client gave no answer"_s})); });
    Q_EMIT sends(toLine(requestJson(id, method, params)), call);
    return reply;
}

bool ClientRequests::take(const Message &response)
{
    const QString id = response.id.toString();
    if (!m_open.contains(id))
        return false;
    if (response.isError())
        finish(id, Failure({Error::Kind::Protocol, u"The client answered: %1"_s.arg(response.json[u"error"][u"message"].toString().left(200))}));
    else
        finish(id, response.json[u"result"].toObject());
    return true;
}

void ClientRequests::abandon(const QByteArray &call)
{
    QStringList ids;
    for (const auto &[id, open] : m_open) {
        if (open.call == call)
            ids << id;
    }
    for (const QString &id : std::as_const(ids))
        finish(id, Failure({Error::Kind::Cancelled, u"The call is over"_s}));
}

void ClientRequests::finish(const QString &id, Result<QJsonObject> result)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    Open open = std::move(found->second);
    m_open.erase(found);
    open.promise.addResult(std::move(result));
    open.promise.finish();
}

} // namespace mcp
