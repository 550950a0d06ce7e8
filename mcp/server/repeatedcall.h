// The interaction of the modern era: a call that is made again, with the answers to what it asked before.
#pragma once

#include "mcp/server/era.h"
#include "mcp/server/interaction.h"
#include "mcp/server/seal.h"

namespace mcp {

class RepeatedCall : public Interaction
{
public:
    // Reads what the client brings back. Errors: InvalidParams for a state that is not ours, or belongs to another call.
    static RpcResult<std::shared_ptr<RepeatedCall>> of(const Exchange &exchange, std::shared_ptr<Seal> seal);

    bool can(QStringView capability) const override;
    conductor::Reply<QJsonObject> ask(std::vector<Question> questions) override;

    // What the call asked that its client cannot do: capabilities by name; empty when all can be asked.
    QJsonObject missing() const { return m_missing; }

    // The result that asks, when the call asked something that was not answered; empty otherwise.
    QJsonObject inputRequired() const;

private:
    RepeatedCall() = default;

    std::shared_ptr<Seal> m_seal;
    QString m_digest; // of what is called
    QJsonObject m_capabilities;
    QJsonObject m_answers; // by key, of all rounds
    QJsonObject m_given;   // by key, asked for or not
    std::vector<Question> m_open;
    QJsonObject m_missing;
};

} // namespace mcp
