#include "mcp/host/desklink.h"

#include "conductor/base/utc.h"
#include "mcp/transport/socketlink.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {

QByteArray DeskReport::toLine() const
{
    const QJsonObject json{{u"client"_s, client.name},
                           {u"client_version"_s, client.version},
                           {u"revision"_s, client.revision},
                           {u"since"_s, since.toMSecsSinceEpoch()},
                           {u"calls"_s, calls},
                           {u"errors"_s, errors},
                           {u"last_call"_s, lastCall.isValid() ? lastCall.toMSecsSinceEpoch() : 0}};
    return QJsonDocument(QJsonObject{{u"report"_s, json}}).toJson(QJsonDocument::Compact);
}

std::optional<DeskReport> DeskReport::fromLine(const QByteArray &line)
{
    const QJsonValue json = QJsonDocument::fromJson(line).object()[u"report"];
    if (!json.isObject())
        return {};
    DeskReport report;
    report.client = {json[u"client"].toString(), json[u"client_version"].toString(), json[u"revision"].toString()};
    report.since = conductor::utcFromMs(json[u"since"].toInteger());
    report.calls = json[u"calls"].toInteger();
    report.errors = json[u"errors"].toInteger();
    if (const qint64 last = json[u"last_call"].toInteger(); last > 0)
        report.lastCall = conductor::utcFromMs(last);
    return report;
}

DeskLink::DeskLink(Hello hello, QObject *parent)
    : QObject(parent)
    , m_hello(std::move(hello))
    , m_path(rendezvousPath())
{
    m_hello.purpose = Hello::Purpose::Desk;
    m_report.since = QDateTime::currentDateTimeUtc();
    m_lastHeard = m_report.since;
    m_again.setInterval(2s);
    m_again.setTimerType(Qt::VeryCoarseTimer);
    m_again.callOnTimeout(this, &DeskLink::knock);
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);
    m_soon.callOnTimeout(this, &DeskLink::report);
}

DeskLink::~DeskLink()
{
    if (m_link)
        m_link->disconnect(this);
    tellWhoWonders(false);
    while (!m_questions.empty())
        finish(m_questions.begin()->first, Failure({Error::Kind::Cancelled, u"The session is over"_s}));
}

void DeskLink::join(Session *session, Dispatcher *dispatcher)
{
    ++m_sessions;
    const QPointer<DeskLink> link(this);
    connect(session, &QObject::destroyed, this, [this] { --m_sessions; });
    connect(session, &Session::identified, this, [this, session] { tellOf(session->client()); });
    connect(dispatcher, &Dispatcher::called, session, [link, session](const Dispatcher::Outcome &outcome) { // goes with the session
        if (link && outcome.caller == session)
            link->count(outcome);
    });
    if (session->client() != ClientIdentity())
        tellOf(session->client());
}

void DeskLink::tellOf(const ClientIdentity &client)
{
    m_lastHeard = QDateTime::currentDateTimeUtc();
    const bool isNews = m_report.client != client;
    m_report.client = client;
    if (isNews && !m_soon.isActive())
        m_soon.start();
    if (!m_link && !m_knock && !m_again.isActive())
        m_again.start(200ms); // soon, but not before the first answers
}

void DeskLink::count(const Dispatcher::Outcome &outcome)
{
    ++m_report.calls;
    m_report.errors += outcome.isError;
    m_report.lastCall = QDateTime::currentDateTimeUtc();
    m_lastHeard = m_report.lastCall;
    if (!m_soon.isActive())
        m_soon.start();
}

void DeskLink::knock()
{
    m_again.setInterval(2s);
    if (m_link || m_knock)
        return;
    m_knock = std::make_unique<Knock>(m_hello);
    connect(m_knock.get(), &Knock::welcomed, this, [this](std::shared_ptr<QLocalSocket> socket, const QByteArray &early) {
        m_knock.release()->deleteLater();
        welcome(std::move(socket), early);
    });
    connect(m_knock.get(), &Knock::alone, this, [this] {
        m_knock.release()->deleteLater();
        lose();
    });
    m_knock->begin(m_path);
}

void DeskLink::welcome(std::shared_ptr<QLocalSocket> socket, const QByteArray &early)
{
    m_again.stop();
    m_link = std::make_unique<SocketLink>(std::move(socket), early);
    connect(m_link.get(), &Link::received, this, &DeskLink::hear);
    connect(m_link.get(), &Link::closed, this, [this] {
        m_link.release()->deleteLater();
        m_again.start(2s);
        lose();
    });
    report();
    tellWhoWonders(true);
    for (const auto &[number, question] : m_questions)
        put(number);
}

// There is no companion, or it has gone: who asked it something hears so.
void DeskLink::lose()
{
    tellWhoWonders(false);
    std::vector<quint64> numbers;
    for (const auto &[number, question] : m_questions)
        numbers.push_back(number);
    for (const quint64 number : numbers) {
        const auto question = m_questions.find(number);
        if (question != m_questions.end() && question->second.sent)
            finish(number, Decision::Lost);
        else
            finish(number, Failure({Error::Kind::NotFound, u"Conductor Companion does not run"_s}));
    }
}

void DeskLink::report()
{
    if (m_link)
        m_link->send(m_report.toLine());
}

// --- questions

Reply<bool> DeskLink::isThere()
{
    if (m_link)
        return answered<bool>(true);
    m_wondering.emplace_back().start();
    const Reply<bool> reply = m_wondering.back().future();
    knock();
    return reply;
}

void DeskLink::tellWhoWonders(bool there)
{
    for (QPromise<Result<bool>> &promise : std::exchange(m_wondering, {})) {
        promise.addResult(there);
        promise.finish();
    }
}

Reply<Decision> DeskLink::ask(const ApprovalRequest &request, std::stop_token stop)
{
    const quint64 number = ++m_lastQuestion;
    Question &question = m_questions[number];
    question.promise.start();
    question.line = questionLine(number, request);
    const Reply<Decision> reply = question.promise.future();
    QTimer::singleShot(request.patience, this, [this, number] { withdraw(number, word(Decision::TimedOut)); });
    question.stopped.emplace(std::move(stop), [this, number] { // later: the one who stops is in the midst of something
        QMetaObject::invokeMethod(this, [this, number] { withdraw(number, u"cancelled"_s); }, Qt::QueuedConnection);
    });
    if (m_link)
        put(number);
    else
        knock();
    return reply;
}

void DeskLink::put(quint64 number)
{
    Question &question = m_questions[number];
    question.sent = true;
    m_link->send(question.line);
    question.line.clear();
}

void DeskLink::withdraw(quint64 number, const QString &why)
{
    if (!m_questions.contains(number))
        return;
    if (m_link)
        m_link->send(withdrawalLine(number, why));
    if (why == word(Decision::TimedOut))
        finish(number, Decision::TimedOut);
    else
        finish(number, Failure({Error::Kind::Cancelled, u"The call was cancelled"_s}));
}

void DeskLink::hear(const QByteArray &line)
{
    const QJsonObject answer = QJsonDocument::fromJson(line).object()[u"decision"].toObject();
    const std::optional<Decision> decision = decisionOf(answer[u"decision"].toString());
    const quint64 number = quint64(answer[u"number"].toInteger());
    if (!decision)
        return;
    if (m_questions.contains(number))
        finish(number, *decision);
    else
        m_link->send(withdrawalLine(number, word(Decision::TimedOut))); // too late for the call; it may be a ticket for the next
}

void DeskLink::finish(quint64 number, Result<Decision> result)
{
    const auto found = m_questions.find(number);
    if (found == m_questions.end())
        return;
    auto node = m_questions.extract(found);
    node.mapped().stopped.reset();
    node.mapped().promise.addResult(std::move(result));
    node.mapped().promise.finish();
}

void SessionDesks::add(const Session *session, DeskLink *link)
{
    m_links.removeIf([](auto it) { return !it.value(); });
    m_links.insert(session, link);
}

Reply<bool> SessionDesks::isThere(const QObject *caller)
{
    const QPointer<DeskLink> link = m_links.value(caller);
    return link ? link->isThere() : answered<bool>(false);
}

Reply<Decision> SessionDesks::ask(const QObject *caller, ApprovalRequest request, std::stop_token stop)
{
    if (const QPointer<DeskLink> link = m_links.value(caller))
        return link->ask(request, std::move(stop));
    return answered<Decision>(Failure({Error::Kind::NotFound, u"The session has no desk"_s}));
}

QByteArray questionLine(quint64 number, const ApprovalRequest &request)
{
    const QJsonObject question{{u"number"_s, qint64(number)}, {u"request"_s, request.toJson()}};
    return QJsonDocument(QJsonObject{{u"ask"_s, question}}).toJson(QJsonDocument::Compact);
}

QByteArray withdrawalLine(quint64 number, const QString &why)
{
    return QJsonDocument(QJsonObject{{u"withdraw"_s, QJsonObject{{u"number"_s, qint64(number)}, {u"why"_s, why}}}}).toJson(QJsonDocument::Compact);
}

QByteArray decisionLine(quint64 number, Decision decision)
{
    return QJsonDocument(QJsonObject{{u"decision"_s, QJsonObject{{u"number"_s, qint64(number)}, {u"decision"_s, word(decision)}}}}).toJson(QJsonDocument::Compact);
}

} // namespace mcp
