// What a call may ask of its client while it runs. In the handshake era that is a request on the call's stream; in the modern era the
// call ends with its questions and is made again with the answers, so that a tool runs again from its beginning: it asks before it acts.
#pragma once

#include "conductor/base/reply.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <vector>

namespace mcp {

struct Question {
    QString key;    // names it within the call
    QString method; // "elicitation/create", "sampling/createMessage", "roots/list"
    QJsonObject params;
    bool mustBeAsked = true; // false: an answer that comes along unasked counts as well; never where it confirms something
};

class Interaction
{
public:
    virtual ~Interaction() = default;

    // Whether the client said it can: "elicitation", "sampling" or "roots".
    virtual bool can(QStringView capability) const = 0;

    // The client's results by the questions' keys. Errors: Cancelled when the client did not answer, or has to be asked first and
    // the call will be made again: the tool leaves with it.
    virtual conductor::Reply<QJsonObject> ask(std::vector<Question> questions) = 0;

    // With a client that can do nothing.
    static std::shared_ptr<Interaction> none();
};

// "elicitation" for "elicitation/create".
QStringView capabilityFor(QStringView method);

} // namespace mcp
