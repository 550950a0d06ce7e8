// A tool as the registry keeps it: what a client is told about it, what a call of it would do, and the doing.
#pragma once

#include "conductor/api/request.h"
#include "conductor/base/reply.h"
#include "mcp/policy/approval.h"
#include "mcp/server/identity.h"
#include "mcp/server/interaction.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <stop_token>

namespace mcp {

// The hints of the protocol, all four always said: clients assume the worst of what is left out.
struct Hints {
    bool readOnly = false;
    bool destructive = true;
    bool idempotent = false;
    bool openWorld = false;
};

// One call on its way. Arguments have passed the tool's inputSchema.
struct Call {
    QJsonObject arguments = {};
    std::stop_token stop = {}; // the client cancelled or left
    QDeadlineTimer deadline = QDeadlineTimer::Forever; // answer before, with what there is
    std::function<void(double done, double total, QString message)> progress = {}; // never empty within a tool
    std::function<void(QString level, QJsonValue data)> log = {};                  // to the client, as far as it listens; never empty within a tool
    std::shared_ptr<Interaction> client = {};                                      // to ask it something; never null within a tool
    ClientIdentity identity = {};                                                  // who calls, for the audit
    conductor::Request::Observer observer = {};                                    // of the requests made for it; the dispatcher's
    const QObject *caller = nullptr;                                               // whose call it is, to be told in the outcome; not to be used
};

// What a call gives back: text for the model, the same as data for programs.
struct Answer {
    QString text = {};
    QJsonObject structured = {};
    bool isError = false;
    QJsonArray content = {}; // blocks of the protocol, instead of the text, for images and the like
};

struct Tool {
    QString name;
    QString title;
    QString description; // when to use it; 200 characters or so, 400 at most
    QJsonObject inputSchema;
    QJsonObject outputSchema = {}; // only where it earns its bytes
    bool wholeSchema = false;      // clients see inputSchema as it stands, not only what costs few bytes
    Hints hints;
    bool mayRead = false; // some calls of it only read, though its hints say otherwise
    QString whenNotFound = {}; // what to do next when what was named does not exist
    std::function<Effect(const QJsonObject &arguments)> effect;
    std::function<conductor::Reply<Premise>(Call)> premise = {}; // what a call would meet, for the person who is asked; reads only
    std::function<conductor::Reply<Answer>(Call)> call; // an Error becomes an answer with isError and its hint
};

} // namespace mcp
