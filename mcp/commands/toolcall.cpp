#include "conductor/base/hostile.h"
#include "mcp/commands/commands.h"
#include "mcp/commands/console.h"
#include "mcp/host/lifeline.h"
#include "mcp/host/service.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int callId = 2;

// A client of one call.
class OneCall : public QObject
{
public:
    OneCall(const Configuration &configuration, QString tool, QJsonObject arguments, bool json, int out)
        : m_service(configuration)
        , m_tool(std::move(tool))
        , m_arguments(std::move(arguments))
        , m_json(json)
        , m_out(out)
    {
        connect(&m_lifeline, &Lifeline::cut, this, [] { QCoreApplication::exit(notFine); });
    }

    void begin()
    {
        if (const Result<Done> ready = m_service.ready(); !ready) {
            complain(sentence(ready.error()));
            QCoreApplication::exit(notFine);
            return;
        }
        if (!m_service.requiresCompanion()) {
            call();
            return;
        }
        auto *knock = new Knock(introduction(Hello::Purpose::Desk, {}), this);
        connect(knock, &Knock::welcomed, this, &OneCall::call);
        connect(knock, &Knock::alone, this, [] {
            complain(u"this profile may be used only while Conductor Companion runs; start it, then call again"_s);
            QCoreApplication::exit(notFine);
        });
        knock->begin();
    }

private:
    void call()
    {
        m_session = m_service.makeSession();
        connect(m_session.get(), &Session::sends, this, &OneCall::take);
        const QJsonObject client{{u"name"_s, u"conductor-mcp call"_s}, {u"version"_s, QStringLiteral(COMPANION_VERSION)}};
        m_session->receive(toLine(requestJson(
            1, u"initialize"_s, {{u"protocolVersion"_s, dateOf(newestHandshake)}, {u"capabilities"_s, QJsonObject()}, {u"clientInfo"_s, client}})));
        m_session->receive(toLine(notificationJson(u"notifications/initialized"_s, {})));
        m_session->receive(toLine(requestJson(callId, u"tools/call"_s, {{u"name"_s, m_tool}, {u"arguments"_s, m_arguments}})));
    }

    void take(const QByteArray &line)
    {
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        if (json[u"id"].toInt() != callId)
            return;
        const QJsonObject result = json[u"result"].toObject();
        if (!json.contains(u"result"))
            complain(json[u"error"][u"message"].toString());
        const bool good = json.contains(u"result") && !result[u"isError"].toBool();
        const QByteArray text = m_json ? printable(result[u"structuredContent"].toObject()) : textOf(result);
        const bool printed = !json.contains(u"result") || print(m_out, text);
        QMetaObject::invokeMethod(
            this, [code = good && printed ? fine : notFine] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    }

    static QByteArray textOf(const QJsonObject &result)
    {
        QString text;
        const QJsonArray blocks = result[u"content"].toArray();
        for (const QJsonValue &block : blocks)
            text += block[u"text"].toString() + u'\n';
        return harmless(text, text.size(), Lines::Keep).toUtf8();
    }

    Lifeline m_lifeline;
    Service m_service;
    std::unique_ptr<Session> m_session;
    QString m_tool;
    QJsonObject m_arguments;
    bool m_json;
    int m_out;
};

std::optional<QByteArray> argumentsText(const CommandLine &line)
{
    const QString given = line.operands.value(1, u"{}"_s);
    if (given != u"-")
        return given.toUtf8();
    QFile input;
    constexpr qint64 largest = 4 * 1024 * 1024;
    if (!input.open(0, QIODevice::ReadOnly))
        return {};
    const QByteArray text = input.read(largest + 1);
    return text.size() > largest ? std::nullopt : std::optional(text);
}

} // namespace

int callTool(const CommandLine &line, const Configuration &configuration, int out)
{
    const std::optional<QByteArray> text = argumentsText(line);
    QJsonParseError parse;
    const QJsonDocument arguments = QJsonDocument::fromJson(text.value_or(QByteArray()), &parse);
    if (!text || !arguments.isObject()) {
        complain(parse.error == QJsonParseError::NoError ? u"The arguments of a tool are a JSON object"_s
                                                         : u"The arguments are not JSON at byte %1: %2"_s.arg(parse.offset).arg(parse.errorString()));
        return usageError;
    }
    OneCall call(configuration, line.operands.first(), arguments.object(), line.json, out);
    QMetaObject::invokeMethod(&call, [&call] { call.begin(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace mcp
