#include "app/definitions/definitiondesk.h"

#include "app/definitions/definitioneditor.h"
#include "app/definitions/deskbar.h"
#include "app/definitions/historyview.h"
#include "app/definitions/runform.h"
#include "app/definitions/savereview.h"
#include "app/definitions/startertext.h"
#include "app/definitions/versionremoval.h"
#include "app/look/metrics.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/placement.h"
#include "conductor/base/hostile.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Error;
using conductor::Reply;
using conductor::Result;

namespace app {

DefinitionDesk::DefinitionDesk(Drafts &drafts, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_drafts(drafts)
    , m_bar(new DeskBar)
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_stack(new QStackedWidget)
    , m_editor(new DefinitionEditor(settings))
    , m_review(new SaveReview)
    , m_run(new RunForm)
    , m_history(new HistoryView)
    , m_empty(new EmptyState)
    , m_blank(new QWidget)
{
    build();
    connectParts();
}

DefinitionDesk::~DefinitionDesk() = default;

void DefinitionDesk::build()
{
    for (QWidget *face : {static_cast<QWidget *>(m_editor), static_cast<QWidget *>(m_review), static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_history),
                          static_cast<QWidget *>(m_empty), m_blank})
        m_stack->addWidget(face);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(m_loading);
    layout->addWidget(m_stack, 1);
}

void DefinitionDesk::connectParts()
{
    connect(m_bar, &DeskBar::backRequested, this, &DefinitionDesk::closed);
    connect(m_bar, &DeskBar::versionChosen, this, [this](int version) { open(m_draft.name, version); });
    connect(m_bar, &DeskBar::runRequested, this, &DefinitionDesk::run);
    connect(m_bar, &DeskBar::saveRequested, this, &DefinitionDesk::save);
    connect(m_bar, &DeskBar::deleteRequested, this, &DefinitionDesk::askToDelete);
    connect(m_bar, &DeskBar::discardRequested, this, [this] { m_editor->replace(m_draft.stored); });
    connect(m_bar, &DeskBar::historyRequested, this, &DefinitionDesk::openHistory);
    connect(m_bar, &DeskBar::formatRequested, this, [this] {
        if (const auto &json = m_editor->read().json())
            m_editor->replace(editedText(*json));
    });
    connect(m_message, &MessageBar::actionRequested, this, [this] {
        if (m_messageAction)
            m_messageAction();
    });
    connect(m_editor, &DefinitionEditor::edited, this, &DefinitionDesk::showState);
    connect(m_editor, &DefinitionEditor::checkRequested, this, &DefinitionDesk::check);
    connect(m_review, &SaveReview::compared, this, [this] {
        m_loading->setLoading(false);
        showFace(m_review);
    });
    connect(m_review, &SaveReview::refused, this, &DefinitionDesk::refused);
    connect(m_review, &SaveReview::stored, this, &DefinitionDesk::stored);
    connect(m_review, &SaveReview::cancelled, this, [this] { showFace(m_editor); });
    connect(m_run, &RunForm::started, this, [this](const QString &id, const QString &name) {
        if (m_stack->currentWidget() == m_run)
            showFace(m_editor);
        Q_EMIT started(id, name);
    });
    connect(m_run, &RunForm::cancelled, this, [this] { showFace(m_editor); });
    connect(m_history, &HistoryView::restored, this, &DefinitionDesk::restore);
    connect(m_history, &HistoryView::cancelled, this, [this] { showFace(m_editor); });
    connect(m_empty, &EmptyState::actionRequested, this, [this] { open(m_draft.name, m_draft.version); });
}

void DefinitionDesk::setServer(const ServerEntry &server, const conductor::Client &client)
{
    leave();
    m_server = server;
    m_work = std::make_unique<DefinitionWork>(client);
}

void DefinitionDesk::open(const QString &name, int version)
{
    keep();
    const Draft *draft = version > 0 ? m_drafts.find(m_server.id, name, version) : m_drafts.newestOf(m_server.id, name);
    begin(draft ? *draft : Draft{.name = name, .version = version}, name);
    showFace(m_blank);
    loadSurroundings(); // somebody may have added to it
    if (draft && draft->isNew())
        show({.name = name});
    else
        load(name, m_draft.version);
}

void DefinitionDesk::openNew(const QString &name)
{
    keep();
    begin({.name = name, .text = newDefinitionText(name)}, name);
    show({.name = name});
    loadSurroundings();
}

// m_draft.text holds what is to be shown, or nothing: then what the server has.
void DefinitionDesk::begin(Draft draft, const QString &title)
{
    ++m_turn;
    m_isOpen = false;
    m_draft = std::move(draft);
    m_message->close();
    m_bar->setTitle(title);
    m_bar->setState({}, false);
}

void DefinitionDesk::show(const OpenedDefinition &opened)
{
    m_opened = opened;
    const bool hasDraft = !m_draft.text.isEmpty();
    m_draft.version = hasDraft ? m_draft.version : opened.version;
    if (!hasDraft)
        m_draft.stored = m_draft.text = opened.text;
    m_isOpen = true;
    m_bar->setVersions(opened.versions, m_draft.version);
    m_editor->open(m_draft.text, {m_draft.line, m_draft.column});
    showFace(m_editor);
    showState();
    m_editor->setFocus(Qt::OtherFocusReason);
    if (hasDraft && !m_draft.isNew() && opened.text != m_draft.stored)
        m_message->say(MessageBar::Kind::Warning, tr("Version %1 was changed on the server since you began to write. Saving shows the differences.").arg(m_draft.version));
}

void DefinitionDesk::leave()
{
    keep();
    ++m_turn;
    m_isOpen = false;
    m_draft = {};
    m_loading->setLoading(false);
}

// Tells it once when somebody else stored or deleted the version that is open.
void DefinitionDesk::compareWith(const std::vector<conductor::DefinitionVersion> &versions)
{
    const QString stamp = stampOf(versions, m_draft.name, m_draft.version);
    if (!m_isOpen || m_opened.stamp.isEmpty() || stamp == m_opened.stamp || m_stack->currentWidget() != m_editor)
        return;
    m_opened.stamp = stamp;
    const bool isWritten = m_editor->text() != m_draft.stored;
    m_messageAction = [this, isWritten] { isWritten ? save() : open(m_draft.name, m_draft.version); };
    if (stamp.isEmpty())
        m_message->say(MessageBar::Kind::Warning, tr("Somebody deleted version %1 on the server. The text is still here.").arg(m_draft.version));
    else
        m_message->say(MessageBar::Kind::Warning, tr("Somebody changed version %1 on the server.").arg(m_draft.version), isWritten ? tr("Compare") : tr("Read it again"));
}

void DefinitionDesk::keep()
{
    if (!m_isOpen)
        return;
    m_draft.text = m_editor->text();
    m_draft.line = m_editor->cursor().line;
    m_draft.column = m_editor->cursor().column;
    m_drafts.keep(m_server.id, m_draft);
    Q_EMIT draftsChanged();
}

void DefinitionDesk::openFind()
{
    if (m_stack->currentWidget() == m_editor)
        m_editor->openFind();
}

bool DefinitionDesk::closePane()
{
    if (m_stack->currentWidget() == m_editor && m_editor->closeFind())
        return true;
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_stack->currentWidget() == m_review || m_stack->currentWidget() == m_run || m_stack->currentWidget() == m_history) {
        showFace(m_editor);
        return true;
    }
    return false;
}

void DefinitionDesk::showFace(QWidget *face)
{
    m_stack->setCurrentWidget(face);
    m_bar->setWorking(face != m_editor);
    if (face == m_editor)
        m_editor->setFocus(Qt::OtherFocusReason);
}

void DefinitionDesk::showState()
{
    const bool isChanged = m_isOpen && m_editor->text() != m_draft.stored;
    m_bar->setState(m_draft.isNew() ? tr("Not on the server yet") : isChanged ? tr("Unsaved changes") : tr("As on the server"), isChanged && !m_draft.isNew());
}

void DefinitionDesk::openFailed(const Error &error)
{
    if (error.kind == Error::Kind::NotFound && !m_draft.text.isEmpty()) { // deleted meanwhile, but somebody was writing
        m_draft.stored.clear();
        show({.name = m_draft.name});
        m_bar->setVersions({}, 0);
        m_message->say(MessageBar::Kind::Warning, tr("Version %1 is not on the server any more. What you wrote is still here.").arg(m_draft.version));
        return;
    }
    m_bar->setVersions({}, 0);
    m_empty->showError(tr("%1 could not be read").arg(conductor::harmless(m_draft.name, 80)), error);
    showFace(m_empty);
}

Reply<Done> DefinitionDesk::load(QString name, int version)
{
    const quint64 turn = m_turn;
    m_loading->setLoading(true);
    const Result<OpenedDefinition> opened = co_await outcome(m_work->open(name, version));
    if (turn != m_turn)
        co_return Done{};
    m_loading->setLoading(false);
    if (opened)
        show(*opened);
    else
        openFailed(opened.error());
    co_return Done{};
}

Reply<Done> DefinitionDesk::loadSurroundings()
{
    const conductor::Surroundings known = co_await m_work->surroundings();
    m_editor->setSurroundings(known);
    co_return Done{};
}

Reply<Done> DefinitionDesk::check()
{
    const quint64 turn = m_turn;
    const std::optional<QJsonObject> definition = m_editor->read().json();
    if (!definition) {
        m_editor->goToFirstProblem();
        co_return Done{};
    }
    m_editor->setChecking(true);
    const Result<Done> checked = co_await outcome(m_work->check(*definition));
    m_editor->setChecking(false);
    if (turn != m_turn)
        co_return Done{};
    if (checked)
        m_message->say(MessageBar::Kind::Success, tr("The server would take this definition."));
    else
        refused(checked.error());
    co_return Done{};
}

void DefinitionDesk::refused(const Error &error)
{
    m_loading->setLoading(false);
    showFace(m_editor);
    if (error.kind == Error::Kind::Validation || (error.kind == Error::Kind::Server && !error.transient)) { // its validator fails with 500 as well
        m_editor->showRefusal(error);
        m_message->say(MessageBar::Kind::Error, tr("The server refuses this definition. What it says stands below, with its place in the text."));
    } else {
        m_message->sayError(tr("The server could not be asked: %1").arg(conductor::harmless(error.message, 200)), error);
    }
}

void DefinitionDesk::save()
{
    const ReadText &read = m_editor->read();
    m_messageAction = nullptr;
    if (!read.json()) {
        m_message->say(MessageBar::Kind::Error, tr("This is not JSON yet, so that it cannot be saved. The first fault is in line %1.").arg(read.problems().front().line));
        m_editor->goToFirstProblem();
    } else if (conductor::isRefused(read.problems())) {
        m_messageAction = [this] { review(); };
        m_message->say(MessageBar::Kind::Error, tr("The server refuses a definition with such errors. They stand below."), tr("Ask the server all the same"));
        m_editor->goToFirstProblem();
    } else {
        review();
    }
}

void DefinitionDesk::review()
{
    const std::optional<QJsonObject> definition = m_editor->read().json();
    if (!definition)
        return;
    m_message->close();
    m_loading->setLoading(true);
    m_review->begin(m_work.get(), {.definition = *definition, .openedName = m_draft.name, .openedVersion = m_draft.version, .openedText = m_draft.stored});
}

// The text becomes what the server made of it.
void DefinitionDesk::stored(const QString &name, int version, const QString &note)
{
    m_drafts.drop(m_server.id, m_draft.name, m_draft.version);
    m_isOpen = false;
    begin({.name = name, .version = version, .line = m_editor->cursor().line, .column = m_editor->cursor().column}, name);
    load(name, version);
    if (!note.isEmpty())
        m_message->say(MessageBar::Kind::Warning, note);
    Q_EMIT said(tr("Saved as version %1").arg(version));
    Q_EMIT draftsChanged();
    Q_EMIT versionsChanged();
}

void DefinitionDesk::run()
{
    if (!m_opened.definition)
        return;
    m_run->begin(m_work.get(), m_opened, m_editor->text() != m_draft.stored);
    showFace(m_run);
}

void DefinitionDesk::openHistory()
{
    if (!m_opened.definition)
        return;
    m_message->close();
    showFace(m_history);
    m_history->show(m_work->history(), m_opened);
}

// As a change that can be undone and is saved like any other.
void DefinitionDesk::restore(const QString &text)
{
    showFace(m_editor);
    m_editor->replace(text);
    m_message->say(MessageBar::Kind::Info, tr("This is the earlier definition. The server has it again when you save."));
}

void DefinitionDesk::askToDelete()
{
    auto *question = new VersionRemoval(m_work.get(), m_draft.name, m_draft.version, m_server, this);
    connect(question, &VersionRemoval::removed, this, [this](const QString &name, int version) {
        Q_EMIT said(tr("Version %1 of %2 is deleted").arg(QString::number(version), conductor::harmless(name, 60)));
        Q_EMIT versionsChanged();
        if (m_draft.name == name && m_draft.version == version)
            Q_EMIT closed();
    });
    question->open();
}

} // namespace app
