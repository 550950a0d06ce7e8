#include "conductor/api/transport.h"

namespace conductor {
namespace {

class BoundedTransport : public Transport
{
public:
    BoundedTransport(std::shared_ptr<Transport> inner, std::stop_token stop, QDeadlineTimer deadline, Request::Observer observer)
        : m_inner(std::move(inner))
        , m_stop(std::move(stop))
        , m_deadline(deadline)
        , m_observer(std::move(observer))
    {
    }

    Reply<QJsonValue> send(Request request) override
    {
        request.stop = m_stop;
        request.deadline = m_deadline;
        request.observer = m_observer;
        return m_inner->send(std::move(request));
    }

private:
    std::shared_ptr<Transport> m_inner;
    std::stop_token m_stop;
    QDeadlineTimer m_deadline;
    Request::Observer m_observer;
};

} // namespace

std::shared_ptr<Transport> bounded(std::shared_ptr<Transport> transport, std::stop_token stop, QDeadlineTimer deadline, Request::Observer observer)
{
    return std::make_shared<BoundedTransport>(std::move(transport), std::move(stop), deadline, std::move(observer));
}

} // namespace conductor
