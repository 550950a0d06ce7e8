#include "support/mcpprocess.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace support {

QString conductorMcp()
{
    return QStringLiteral(PROGRAMS_DIR) + u"/conductor-mcp"_s;
}

McpProcess::McpProcess(const Options &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (options.bareEnvironment) {
        environment.clear();
        for (const QString &name : {u"HOME"_s, u"PATH"_s, u"USER"_s})
            environment.insert(name, qEnvironmentVariable(qPrintable(name)));
    }
    for (auto it = options.environment.begin(); it != options.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    process.setProgram(conductorMcp());
    process.setArguments(options.arguments);
    connect(&process, &QProcess::readyReadStandardOutput, this, &McpProcess::read);
    connect(&process, &QProcess::readyReadStandardError, this, [this] { errorOutput += process.readAllStandardError(); });
}

McpProcess::~McpProcess()
{
    process.disconnect(this);
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(5000);
    }
}

bool McpProcess::start()
{
    process.start();
    return process.waitForStarted(5000);
}

QJsonObject McpProcess::handshake(const QString &revision)
{
    const QJsonObject answer = ask(u"initialize"_s, {{u"protocolVersion"_s, revision},
                                                     {u"capabilities"_s, QJsonObject()},
                                                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"test-client"_s}, {u"version"_s, u"1.0"_s}}}});
    send(QByteArrayLiteral(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"));
    return answer[u"result"].toObject();
}

QJsonObject McpProcess::ask(const QString &method, const QJsonObject &params, int timeoutMs)
{
    const int id = post(method, params);
    return waitForAnswer(id, timeoutMs) ? m_answers[id] : QJsonObject();
}

QJsonObject McpProcess::call(const QString &tool, const QJsonObject &arguments, int timeoutMs)
{
    return ask(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}}, timeoutMs)[u"result"].toObject();
}

int McpProcess::post(const QString &method, const QJsonObject &params)
{
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, ++m_lastId}, {u"method"_s, method}};
    if (!params.isEmpty())
        message[u"params"] = params;
    send(QJsonDocument(message).toJson(QJsonDocument::Compact));
    return m_lastId;
}

int McpProcess::postCall(const QString &tool, const QJsonObject &arguments)
{
    return post(u"tools/call"_s, {{u"name"_s, tool}, {u"arguments"_s, arguments}});
}

void McpProcess::send(const QByteArray &line)
{
    process.write(line + '\n');
}

std::optional<QJsonObject> McpProcess::answerTo(int id) const
{
    const auto answer = m_answers.constFind(id);
    return answer == m_answers.cend() ? std::nullopt : std::optional(*answer);
}

bool McpProcess::waitForAnswer(int id, int timeoutMs)
{
    return QTest::qWaitFor([&] { return m_answers.contains(id) || process.state() == QProcess::NotRunning; }, timeoutMs) && m_answers.contains(id);
}

bool McpProcess::waitForExit(int timeoutMs)
{
    return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, timeoutMs);
}

void McpProcess::read()
{
    m_buffer += process.readAllStandardOutput();
    qsizetype begin = 0;
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n', begin)) {
        const QByteArray line = m_buffer.mid(begin, end - begin);
        begin = end + 1;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isArray()) {
            const QJsonArray elements = document.array();
            for (const QJsonValue &element : elements)
                messages << element.toObject();
            continue;
        }
        const QJsonObject message = document.object();
        if (message[u"jsonrpc"].toString() != u"2.0") {
            garbage << line;
            continue;
        }
        messages << message;
        if (message[u"id"].isDouble() && !message.contains(u"method"))
            m_answers.insert(message[u"id"].toInt(), message);
    }
    m_buffer.remove(0, begin);
}

} // namespace support
