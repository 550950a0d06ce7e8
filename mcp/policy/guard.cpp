#include "mcp/policy/guard.h"

#include "mcp/policy/endpoints.h"

using namespace conductor;

namespace mcp {
namespace {

class GuardedTransport : public Transport
{
public:
    GuardedTransport(std::shared_ptr<Transport> inner, std::shared_ptr<FreezeFile> freeze)
        : m_inner(std::move(inner))
        , m_freeze(std::move(freeze))
    {
    }

    Reply<QJsonValue> send(Request request) override
    {
        const QString why = refusal(m_freeze->current(), endpointOf(request.verb, request.segments).effect);
        if (!why.isEmpty())
            return answered<QJsonValue>(Failure({Error::Kind::Validation, why}));
        return m_inner->send(std::move(request));
    }

private:
    std::shared_ptr<Transport> m_inner;
    std::shared_ptr<FreezeFile> m_freeze;
};

} // namespace

std::shared_ptr<Transport> guarded(std::shared_ptr<Transport> transport, std::shared_ptr<FreezeFile> freeze)
{
    return std::make_shared<GuardedTransport>(std::move(transport), std::move(freeze));
}

} // namespace mcp
