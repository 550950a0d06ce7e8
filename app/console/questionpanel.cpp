#include "app/console/questionpanel.h"

#include "app/console/argumentform.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "conductor/base/hostile.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::StatusFamily;
using mcp::Inquiry;

namespace app {
namespace {

constexpr int highestForm = 240;

} // namespace

QuestionPanel::QuestionPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_message(new QLabel)
    , m_form(new ArgumentForm)
    , m_scroll(new QScrollArea)
    , m_accept(button(tr("Answer")))
    , m_decline(button(tr("Decline")))
    , m_cancel(button(tr("Give no answer")))
{
    setTextStyle(*m_title, TextStyle::Section);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->setMaximumWidth(Metrics::formWidth);
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_form->setAutoFillBackground(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    for (QPushButton *one : {m_accept, m_decline, m_cancel})
        buttons->addWidget(one);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::groupGap, Metrics::rowGap, Metrics::groupGap, Metrics::rowGap);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_title);
    layout->addWidget(m_message);
    layout->addWidget(m_scroll);
    layout->addLayout(buttons);
    connect(m_accept, &QPushButton::clicked, this, &QuestionPanel::accept);
    connect(m_form, &ArgumentForm::entered, this, &QuestionPanel::accept);
    connect(m_decline, &QPushButton::clicked, this, [this] { leave(u"decline"_s); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { leave(u"cancel"_s); });
    hide();
}

void QuestionPanel::ask(const Inquiry &inquiry)
{
    m_waiting.push_back(inquiry);
    if (m_waiting.size() == 1)
        showFirst();
}

void QuestionPanel::withdraw(const QString &inquiry)
{
    const bool first = !m_waiting.empty() && m_waiting.front().id == inquiry;
    std::erase_if(m_waiting, [&](const Inquiry &one) { return one.id == inquiry; });
    if (first)
        showFirst();
}

void QuestionPanel::forgetAll()
{
    m_waiting.clear();
    showFirst();
}

void QuestionPanel::showFirst()
{
    setVisible(!m_waiting.empty());
    if (m_waiting.empty())
        return;
    const Inquiry &inquiry = m_waiting.front();
    m_title->setText(inquiry.url.isEmpty() ? tr("The server asks") : tr("The server wants you to open an address"));
    const QString words = harmless(inquiry.message, 4000, conductor::Lines::Keep);
    m_message->setText(inquiry.url.isEmpty() ? words : words + u'\n' + harmless(inquiry.url, 500));
    m_scroll->setVisible(inquiry.url.isEmpty() && !inquiry.schema[u"properties"].toObject().isEmpty());
    m_form->show(inquiry.schema);
    // Fields that were just made count only when they have been shown, which comes later.
    QMetaObject::invokeMethod(this, &QuestionPanel::fitForm, Qt::QueuedConnection);
    setAccessibleName(tr("Question of the server: %1").arg(harmless(inquiry.message, 300)));
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void QuestionPanel::fitForm()
{
    m_scroll->setFixedHeight(std::min(highestForm, m_form->sizeHint().height() + Metrics::unit));
}

void QuestionPanel::accept()
{
    if (const conductor::Result<QJsonObject> content = m_form->arguments())
        leave(u"accept"_s, *content);
}

void QuestionPanel::leave(const QString &action, const QJsonObject &content)
{
    if (m_waiting.empty())
        return;
    const QString id = m_waiting.front().id;
    m_waiting.pop_front();
    showFirst();
    Q_EMIT answered(id, action, content);
}

void QuestionPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(familyWash(StatusFamily::NeedsYou, palette()));
    painter.drawRoundedRect(rect(), Metrics::radius, Metrics::radius);
}

} // namespace app
