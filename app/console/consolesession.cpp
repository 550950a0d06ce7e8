#include "app/console/consolesession.h"

#include "mcp/caller/serverprocess.h"

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Reply;
using conductor::Result;
using mcp::Conversation;
using mcp::Link;

namespace app {
namespace {

constexpr qsizetype lastWords = 300;

} // namespace

ConsoleSession::ConsoleSession(Open open, QObject *parent)
    : QObject(parent)
    , m_open(std::move(open))
{
}

ConsoleSession::~ConsoleSession()
{
    blockSignals(true);
    end();
}

void ConsoleSession::setOpen(Open open)
{
    m_open = std::move(open);
}

void ConsoleSession::start(const QString &profile, mcp::Revision revision)
{
    end();
    ++m_turn;
    m_profile = profile;
    m_trouble.clear();
    m_lastWords.clear();
    m_link = m_open(profile);
    m_conversation = std::make_unique<Conversation>(revision);
    connect(m_conversation.get(), &Conversation::sends, m_link.get(), &Link::send);
    connect(m_link.get(), &Link::received, m_conversation.get(), &Conversation::receive);
    connect(m_link.get(), &Link::overlong, this, [this] { Q_EMIT wrote(tr("A message of the server was over 16 MB and has been skipped")); });
    connect(m_link.get(), &Link::closed, this, &ConsoleSession::failEnded);
    if (const auto *process = qobject_cast<mcp::ServerProcess *>(m_link.get()))
        connect(process, &mcp::ServerProcess::wrote, this, &ConsoleSession::hear);
    connect(m_conversation.get(), &Conversation::listChanged, this, &ConsoleSession::readOffer);
    Q_EMIT begun();
    become(State::Starting);
    introduce();
}

Reply<Done> ConsoleSession::introduce()
{
    const quint64 turn = m_turn;
    const Result<QJsonObject> introduction = co_await outcome(m_conversation->begin());
    if (turn != m_turn || m_state != State::Starting)
        co_return Done{};
    if (!introduction) {
        fail(tr("The server did not introduce itself: %1").arg(conductor::sentence(introduction.error())));
        co_return Done{};
    }
    m_offer.introduction = *introduction;
    const Result<Done> read = co_await outcome(readOffer());
    if (turn != m_turn || m_state != State::Starting)
        co_return Done{};
    if (!read)
        fail(tr("What the server offers could not be read: %1").arg(conductor::sentence(read.error())));
    else
        become(State::Ready);
    co_return Done{};
}

Reply<Done> ConsoleSession::readOffer()
{
    const quint64 turn = m_turn;
    Offer offer{m_offer.introduction, {}, {}, {}, {}};
    const QJsonObject can = offer.introduction[u"capabilities"].toObject();
    if (can.contains(u"tools"))
        offer.tools = co_await m_conversation->list(u"tools/list"_s, u"tools"_s);
    if (turn == m_turn && m_conversation && can.contains(u"resources")) {
        offer.resources = co_await m_conversation->list(u"resources/list"_s, u"resources"_s);
        if (turn == m_turn && m_conversation)
            offer.templates = co_await m_conversation->list(u"resources/templates/list"_s, u"resourceTemplates"_s);
    }
    if (turn == m_turn && m_conversation && can.contains(u"prompts"))
        offer.prompts = co_await m_conversation->list(u"prompts/list"_s, u"prompts"_s);
    if (turn == m_turn && m_conversation) {
        m_offer = offer;
        Q_EMIT offerChanged();
    }
    co_return Done{};
}

// Objects that are speaking are not destroyed within their own signal.
void ConsoleSession::end()
{
    ++m_turn;
    if (m_conversation) {
        m_conversation->end(tr("The session has been ended"));
        m_conversation->disconnect(this);
        m_conversation.release()->deleteLater();
    }
    if (m_link) {
        m_link->disconnect(this);
        m_link->close();
        // A process that was asked to end is given its time before it is made to.
        Link *link = m_link.release();
        const auto *process = qobject_cast<mcp::ServerProcess *>(link);
        if (process && process->end().isEmpty()) {
            link->setParent(this);
            connect(link, &Link::closed, link, &QObject::deleteLater);
        } else {
            link->deleteLater();
        }
    }
    m_offer = {};
    if (m_state != State::Idle)
        become(State::Idle);
}

void ConsoleSession::hear(const QByteArray &text)
{
    const QString words = QString::fromUtf8(text);
    m_lastWords = QString(m_lastWords + words).right(lastWords);
    Q_EMIT wrote(words);
}

void ConsoleSession::failEnded()
{
    const auto *process = qobject_cast<mcp::ServerProcess *>(m_link.get());
    const QString why = tr("The server process has ended: %1.").arg(process ? process->end() : tr("it closed the connection"));
    fail(m_lastWords.isEmpty() ? why : why + u' ' + tr("It said: %1").arg(m_lastWords.trimmed()));
}

void ConsoleSession::fail(const QString &why)
{
    end();
    m_trouble = why;
    become(State::Ended);
}

void ConsoleSession::become(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

ConsoleSession::Open serverProcesses(const QString &program)
{
    return [program](const QString &profile) -> std::unique_ptr<Link> {
        return std::make_unique<mcp::ServerProcess>(program, QStringList{u"--profile"_s, profile});
    };
}

} // namespace app
