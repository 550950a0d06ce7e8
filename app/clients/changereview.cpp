#include "app/clients/changereview.h"

#include "app/clients/clientlook.h"
#include "app/definitions/diffview.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/placement.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Reply;
using conductor::Result;
using Kind = mcp::ClientPlan::Kind;

namespace app {
namespace {

QString titleOf(const mcp::ClientPlan &plan)
{
    switch (plan.kind) {
    case Kind::Register:
        return ChangeReview::tr("Register in %1").arg(plan.client.name);
    case Kind::Unregister:
        return ChangeReview::tr("Remove from %1").arg(plan.client.name);
    case Kind::Undo:
        return ChangeReview::tr("Undo the last change to %1").arg(plan.client.name);
    }
    return {};
}

QString sentenceOf(const mcp::ClientPlan &plan)
{
    const QString file = pathText(plan.client.file);
    if (plan.removesFile)
        return ChangeReview::tr("%1 was made by registering, and goes again.").arg(file);
    if (plan.kind == Kind::Undo && plan.isWhole)
        return ChangeReview::tr("%1 becomes again what it was, byte for byte.").arg(file);
    if (plan.kind == Kind::Undo)
        return ChangeReview::tr("%1 was changed since; only the entry becomes what it was.").arg(file);
    if (!plan.command.isEmpty())
        return ChangeReview::tr("%1 does it with its own command, which may lay out %2 in its own way: %3")
            .arg(plan.client.name, file, conductor::harmless(plan.command.join(u' '), 400));
    return ChangeReview::tr("%1 changes as shown; all else in it stays. A backup is kept.").arg(file);
}

QString doneSentence(const mcp::ClientPlan &plan)
{
    switch (plan.kind) {
    case Kind::Register:
        return ChangeReview::tr("Registered in %1.").arg(plan.client.name);
    case Kind::Unregister:
        return ChangeReview::tr("Removed from %1.").arg(plan.client.name);
    case Kind::Undo:
        return ChangeReview::tr("Undone in %1.").arg(plan.client.name);
    }
    return {};
}

} // namespace

ChangeReview::ChangeReview(mcp::Registrar &registrar, QWidget *parent)
    : QWidget(parent)
    , m_registrar(registrar)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_message(new MessageBar)
    , m_diff(new DiffView(tr("Change to the client's configuration")))
    , m_cancel(button(tr("Cancel")))
    , m_make(button(tr("Make the change"), ButtonKind::Primary))
{
    build();
    connect(m_cancel, &QPushButton::clicked, this, &ChangeReview::cancelled);
    connect(m_make, &QPushButton::clicked, this, [this] { make(); });
    connect(m_message, &MessageBar::actionRequested, this, &ChangeReview::again);
}

void ChangeReview::build()
{
    setTextStyle(*m_title, TextStyle::Section);
    for (QLabel *label : {m_title, m_sentence})
        label->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::rowGap);
    buttons->setSpacing(Metrics::rowGap);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_make);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(reviewHead(m_title, m_sentence, m_message));
    layout->addWidget(m_diff, 1);
    layout->addLayout(buttons);
}

void ChangeReview::begin(const mcp::ClientPlan &plan)
{
    m_plan = plan;
    m_title->setText(titleOf(plan));
    m_sentence->setText(sentenceOf(plan));
    m_message->close();
    m_diff->show(QString::fromUtf8(plan.seen.content), plan.removesFile ? QString() : QString::fromUtf8(plan.after));
    setBusy(false);
    m_make->setFocus(Qt::OtherFocusReason);
}

void ChangeReview::setBusy(bool busy)
{
    m_busy = busy;
    m_make->setEnabled(!busy);
    m_cancel->setEnabled(!busy);
}

Reply<Done> ChangeReview::make()
{
    setBusy(true);
    const Result<QString> remark = co_await outcome(m_registrar.carryOut(m_plan));
    setBusy(false);
    if (!remark)
        m_message->sayError(tr("Nothing was changed: %1").arg(conductor::harmless(remark.error().message, 300)), remark.error(), tr("Look again"));
    else
        Q_EMIT made(QStringList({doneSentence(m_plan), *remark, m_plan.client.note}).join(u' ').simplified());
    co_return Done{};
}

} // namespace app
