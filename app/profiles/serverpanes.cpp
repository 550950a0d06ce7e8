#include "app/profiles/serverpanes.h"

#include "app/profiles/confirmation.h"
#include "app/profiles/keyform.h"
#include "app/profiles/servercare.h"
#include "app/profiles/serverform.h"
#include "conductor/base/hostile.h"
#include "mcp/host/httpsection.h"

#include <QScrollArea>

using namespace conductor;

namespace app {
namespace {

QScrollArea *scrolled(QWidget *content)
{
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

ServerPanes::ServerPanes(ServerCare &care, QWidget *detail, QWidget *parent)
    : QStackedWidget(parent)
    , m_care(care)
{
    addWidget(scrolled(detail));
}

void ServerPanes::open(Pane *pane)
{
    closeOpen();
    m_pane = pane;
    connect(pane, &Pane::closed, this, &ServerPanes::closeOpen);
    setCurrentIndex(addWidget(scrolled(pane)));
    Q_EMIT opened();
    pane->focusFirst();
}

void ServerPanes::closeOpen()
{
    if (!m_pane)
        return;
    QWidget *area = currentWidget();
    removeWidget(area);
    area->deleteLater();
    m_pane = nullptr;
    setCurrentIndex(0);
    Q_EMIT closed();
}

void ServerPanes::focusFirst()
{
    if (m_pane)
        m_pane->focusFirst();
}

void ServerPanes::add()
{
    auto *form = new ServerForm(m_care, Profile{});
    connect(form, &ServerForm::saved, this, [this](const QString &id) {
        closeOpen();
        Q_EMIT added(id);
        Q_EMIT said(tr("Server added"));
    });
    open(form);
}

void ServerPanes::edit(const Profile &profile, const QUrl &address)
{
    auto *form = new ServerForm(m_care, profile);
    if (!address.isEmpty())
        form->setAddress(address);
    connect(form, &ServerForm::saved, this, [this] {
        closeOpen();
        Q_EMIT said(tr("Saved"));
    });
    open(form);
}

void ServerPanes::changeKey(const Profile &profile)
{
    open(new KeyForm(m_care, profile));
}

void ServerPanes::askToRemoveKey(const Profile &profile)
{
    const QString name = harmless(profile.name, 80);
    auto *question = new Confirmation({.title = tr("Remove the key of %1?").arg(name),
                                       .facts = {tr("The key is taken out of %1. AI clients and this window reach the server without a key from then on.")
                                                     .arg(keychainName(profile.keychain)),
                                                 tr("On the server the key stays valid: end it there too.")},
                                       .verb = tr("Remove the key"),
                                       .nameToType = profile.production ? profile.name : QString()});
    connect(question, &Confirmation::confirmed, this, [this, id = profile.id] { removeKey(id); });
    open(question);
}

void ServerPanes::askForNewToken(const Profile &profile)
{
    auto *question = new Confirmation({.title = tr("Make a new token for %1?").arg(harmless(profile.name, 80)),
                                       .facts = {tr("AI clients that reach its HTTP server with the old token are refused from then on, without a restart."),
                                                 tr("Copy the new header into their configuration afterwards.")},
                                       .verb = tr("Make a new token")});
    connect(question, &Confirmation::confirmed, this, [this, id = profile.id] { renewToken(id); });
    open(question);
}

void ServerPanes::askToDelete(const Profile &profile)
{
    const QString name = harmless(profile.name, 80);
    QStringList facts;
    if (profile.keychain != Keychain::None)
        facts << tr("Its key is taken out of %1.").arg(keychainName(profile.keychain));
    if (mcp::HttpSection::of(profile).on)
        facts << tr("Its HTTP server ends, and the token goes.");
    facts << tr("AI clients that name it are refused from then on.");
    if (Services::isLocal(profile))
        facts << tr("The local server is stopped. Its workflows and executions stay in %1.").arg(m_care.localDirectory());
    else
        facts << tr("Nothing on the server itself is touched: its workflows and executions stay.");
    auto *question = new Confirmation({.title = tr("Delete %1?").arg(name),
                                       .facts = facts,
                                       .verb = tr("Delete %1").arg(name),
                                       .nameToType = profile.production ? profile.name : QString()});
    connect(question, &Confirmation::confirmed, this, [this, id = profile.id] { remove(id); });
    open(question);
}

Reply<Done> ServerPanes::removeKey(QString id)
{
    if (auto *question = qobject_cast<Confirmation *>(m_pane))
        question->setBusy(true);
    const Result<Done> removed = co_await outcome(m_care.removeKey(id));
    if (removed) {
        closeOpen();
        Q_EMIT said(tr("Key removed"));
    } else if (auto *question = qobject_cast<Confirmation *>(m_pane)) {
        question->showTrouble(tr("The key was not removed: %1.").arg(harmless(removed.error().message, 300)), removed.error());
    }
    co_return Done{};
}

Reply<Done> ServerPanes::renewToken(QString id)
{
    if (auto *question = qobject_cast<Confirmation *>(m_pane))
        question->setBusy(true);
    const Result<Done> renewed = co_await outcome(m_care.renewHttpToken(id));
    if (renewed) {
        closeOpen();
        Q_EMIT said(tr("The new token is in force"));
    } else if (auto *question = qobject_cast<Confirmation *>(m_pane)) {
        question->showTrouble(tr("The old token stays in force: %1.").arg(harmless(renewed.error().message, 300)), renewed.error());
    }
    co_return Done{};
}

Reply<Done> ServerPanes::remove(QString id)
{
    if (auto *question = qobject_cast<Confirmation *>(m_pane))
        question->setBusy(true);
    const Result<Done> removed = co_await outcome(m_care.remove(id));
    if (removed) {
        closeOpen();
        Q_EMIT said(tr("Server deleted"));
    } else if (auto *question = qobject_cast<Confirmation *>(m_pane)) {
        question->showTrouble(tr("Nothing was deleted: %1.").arg(harmless(removed.error().message, 300)), removed.error());
    }
    co_return Done{};
}

} // namespace app
