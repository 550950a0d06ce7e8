#include "conductor/api/servererror.h"

#include "conductor/base/hostile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

struct Saying {
    QStringView part; // of the server's message
    Error::Kind kind;
};

// Texts that tell more than the status they come with. The first that is found counts. Source: conductor-server 3.32.3.
constexpr std::array sayings{
    Saying{u"Workflow is still running", Error::Kind::Conflict},                // 404
    Saying{u"has ended, status cannot be updated", Error::Kind::Conflict},
    Saying{u"is not PAUSED so cannot resume", Error::Kind::Conflict},           // 500
    Saying{u"has already been processed, cannot be skipped", Error::Kind::Conflict},
    Saying{u"is not running so the task", Error::Kind::Conflict},
    Saying{u"does not exist in the WorkflowDefinition", Error::Kind::NotFound}, // 500
    Saying{u"No such workflow", Error::Kind::NotFound},
    Saying{u"No such task", Error::Kind::NotFound},
    Saying{u"not found!", Error::Kind::NotFound},
    Saying{u"already exists", Error::Kind::Conflict},
    Saying{u"JSON parse error", Error::Kind::Validation},                       // 500
    Saying{u"Required request body is missing", Error::Kind::Validation},
    Saying{u"Required request parameter", Error::Kind::Validation},
    Saying{u"Method parameter", Error::Kind::Validation},
    Saying{u"is not supported", Error::Kind::Validation},
    Saying{u"For input string", Error::Kind::Validation},
    Saying{u"is greater than the permissible limit", Error::Kind::Validation},
    Saying{u"Invalid cron expression", Error::Kind::Validation},
};

Error::Kind kindOf(int status, const QString &message)
{
    const auto saying = std::find_if(sayings.begin(), sayings.end(), [&](const Saying &known) { return message.contains(known.part); });
    if (saying != sayings.end())
        return saying->kind;
    switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
        return Error::Kind::Validation;
    case 401:
    case 403:
        return Error::Kind::Auth;
    case 404:
        return Error::Kind::NotFound;
    case 409:
        return Error::Kind::Conflict;
    case 405:
        return Error::Kind::Protocol;
    default:
        return Error::Kind::Server;
    }
}

// "registerWorkflowDef.arg0.tasks[0].name" → "tasks[0].name": the Java method and argument say nothing to a person.
QString fieldPath(const QString &path)
{
    static const QRegularExpression javaPart(u"^\\w+\\.(arg\\d+|<list element>|\\w+)(\\[\\d+\\])?\\.?"_s);
    return QString(path).remove(javaPart);
}

QString validationText(const QJsonArray &errors)
{
    QStringList lines;
    for (const QJsonValue &error : errors) {
        const QString path = fieldPath(error[u"path"].toString());
        const QString message = error[u"message"].toString();
        lines << (path.isEmpty() ? message : path + u": " + message);
    }
    lines.sort(); // the server's order is random from call to call
    lines.removeDuplicates();
    return lines.join(u"; "_s);
}

bool isBusyDatabase(const QString &message)
{
    return message.contains(u"SQLITE_BUSY") || message.contains(u"database is locked");
}

QString hintFor(Error::Kind kind, int status, bool transient)
{
    if (transient)
        return u"The server is busy; try again in a moment"_s;
    if (status == 401 || status == 403)
        return u"Check the key of this server and what it may do"_s;
    if (kind == Error::Kind::Server)
        return u"The server failed; its log says more"_s;
    return {};
}

Error errorOf(const HttpAnswer &answer)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    const QJsonArray validation = body[u"validationErrors"].toArray();
    QString message = validation.isEmpty() ? body[u"message"].toString() : validationText(validation);
    const QString code = body[u"error"].toString(); // EXPIRED_TOKEN, INVALID_TOKEN on Orkes
    if (message.isEmpty())
        message = code;
    else if (!code.isEmpty() && (answer.status == 401 || answer.status == 403))
        message = code + u": " + message;
    if (message.isEmpty())
        message = u"The server answered HTTP %1"_s.arg(answer.status);

    const bool gateway = answer.status == 429 || (answer.status >= 502 && answer.status <= 504);
    const bool transient = gateway || isBusyDatabase(message);
    const Error::Kind kind = transient ? Error::Kind::Server : kindOf(answer.status, message);
    return {kind, harmless(message, 4000), hintFor(kind, answer.status, transient), answer.status, transient};
}

Error notConductor(const HttpAnswer &answer)
{
    return {Error::Kind::Protocol, u"The answer is a web page, not Conductor's API (HTTP %1)"_s.arg(answer.status),
            u"The server's address must end in /api, and names must not hold a slash"_s, answer.status};
}

} // namespace

Result<QJsonValue> meaningOf(const HttpAnswer &answer)
{
    const bool html = answer.contentType.startsWith("text/html");
    if (answer.status >= 300 && answer.status < 400)
        return Failure({Error::Kind::Protocol, u"The server redirects elsewhere (HTTP %1)"_s.arg(answer.status),
                        u"Use the address it redirects to; keys are never sent on to another address"_s, answer.status});
    if (answer.status < 200 || answer.status >= 400) {
        const bool pageInsteadOfReason = html && answer.status != 401 && answer.status != 403 && answer.status != 429 && answer.status < 500;
        return Failure(pageInsteadOfReason ? notConductor(answer) : errorOf(answer));
    }
    if (html)
        return Failure(notConductor(answer));
    if (answer.body.isEmpty())
        return QJsonValue(QJsonValue::Null);
    if (answer.contentType.startsWith("text/plain"))
        return QJsonValue(QString::fromUtf8(answer.body));

    // QJsonDocument reads arrays and objects only; the server also answers bare numbers and booleans.
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &parse);
    if (parse.error == QJsonParseError::NoError)
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + answer.body + ']').array();
    if (wrapped.size() == 1)
        return QJsonValue(wrapped.first());
    return Failure({Error::Kind::Protocol, u"The server's answer is not valid JSON: %1"_s.arg(parse.errorString()),
                    u"Is the address that of a Conductor server?"_s, answer.status});
}

} // namespace conductor
