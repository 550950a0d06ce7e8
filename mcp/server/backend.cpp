#include "mcp/server/backend.h"

#include "conductor/base/patience.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

Reply<QJsonObject> readOpenApi(Client client)
{
    const QJsonValue document = co_await client.openApi();
    if (!document[u"paths"].isObject())
        co_return Failure({Error::Kind::Protocol, u"The server has no OpenAPI document at /api-docs"_s,
                           u"Use the other tools; they do not need it"_s});
    co_return document.toObject();
}

} // namespace

Backend::Backend(std::function<Result<Client>()> connect)
    : m_connect(std::move(connect))
{
}

Result<Client> Backend::connected()
{
    if (!m_client) {
        Result<Client> client = m_connect();
        if (!client)
            return client;
        m_client = *client;
    }
    return *m_client;
}

Reply<Client> Backend::clientFor(const Call &call)
{
    const Result<Client> client = connected();
    if (!client)
        return answered<Client>(Failure(client.error()));
    return answered<Client>(client->within(call.stop, call.deadline, call.observer));
}

void Backend::forget()
{
    m_client.reset();
    m_openApi.reset();
}

Reply<QJsonObject> Backend::openApi(const Call &call)
{
    const Result<Client> client = connected();
    if (!client)
        return answered<QJsonObject>(Failure(client.error()));
    const bool asked = m_openApi && (!m_openApi->isFinished() || answer(*m_openApi));
    if (!asked)
        m_openApi = readOpenApi(*client);
    return patiently(*m_openApi, call.stop, call.deadline, u"The server's OpenAPI document did not come in time"_s);
}

} // namespace mcp
