#include "conductor/api/client.h"

#include "conductor/api/httptransport.h"

using namespace Qt::StringLiterals;

namespace conductor {

std::shared_ptr<Transport> transportTo(const QUrl &baseUrl, std::shared_ptr<KeySource> keys)
{
    return retried(authorized(std::make_shared<HttpTransport>(baseUrl), std::move(keys)));
}

Client::Client(std::shared_ptr<Transport> transport, QUrl address)
    : m_transport(std::move(transport))
    , m_address(std::move(address))
{
}

Client Client::within(std::stop_token stop, QDeadlineTimer deadline, Request::Observer observer) const
{
    return Client(bounded(m_transport, std::move(stop), deadline, std::move(observer)), m_address);
}

Reply<QJsonValue> Client::openApi() const
{
    return send(get(u"api-docs"_s).belowServer().repeatably());
}

Reply<QJsonValue> Client::send(Request request) const
{
    return m_transport->send(std::move(request));
}

} // namespace conductor
