#include "app/widgets/messagebar.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"
#include "conductor/base/hostile.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;

namespace app {
namespace {

constexpr std::chrono::seconds successStays{5};

struct KindLook {
    StatusFamily family;
    QStringView glyph;
};

KindLook lookOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Info:
        return {StatusFamily::Active, u"info"};
    case MessageBar::Kind::Success:
        return {StatusFamily::Good, u"circle-check"};
    case MessageBar::Kind::Warning:
        return {StatusFamily::NeedsYou, u"triangle-alert"};
    case MessageBar::Kind::Error:
        return {StatusFamily::Bad, u"circle-x"};
    }
    return {StatusFamily::Quiet, u"info"};
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_action(button({}))
    , m_unfold(button(tr("Details"), ButtonKind::Quiet))
    , m_close(new IconButton(u"x", tr("Close this message")))
    , m_details(new PlainTextPane(tr("Details of the message")))
    , m_timer(new QTimer(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setFixedHeight(96);
    m_unfold->setCheckable(true);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_icon, 0, 0);
    layout->addWidget(m_text, 0, 1);
    layout->addWidget(m_unfold, 0, 2);
    layout->addWidget(m_action, 0, 3);
    layout->addWidget(m_close, 0, 4);
    layout->addWidget(m_details, 1, 0, 1, 5);

    m_timer->setSingleShot(true);
    m_timer->setInterval(successStays);
    connect(m_timer, &QTimer::timeout, this, &MessageBar::close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);
    connect(m_action, &QPushButton::clicked, this, &MessageBar::actionRequested);
    connect(m_unfold, &QPushButton::toggled, m_details, &QWidget::setVisible);
    hide();
}

void MessageBar::say(Kind kind, const QString &text, const QString &action, const QString &details)
{
    m_kind = kind;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_details->show(details);
    m_unfold->setVisible(!details.isEmpty());
    m_unfold->setChecked(false);
    m_details->hide();
    setAccessibleName(text);
    tint();
    show();
    if (kind == Kind::Success)
        m_timer->start();
    else
        m_timer->stop();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::sayError(const QString &what, const conductor::Error &error, const QString &action)
{
    const QString hint = conductor::harmless(error.hint, 300);
    say(Kind::Error, hint.isEmpty() ? what : u"%1 %2"_s.arg(what, hint), action, errorFacts(error));
}

void MessageBar::close()
{
    if (isHidden())
        return;
    m_timer->stop();
    hide();
    Q_EMIT closed();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const StatusFamily family = lookOf(m_kind).family;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(familyWash(family, palette()));
    painter.drawRoundedRect(rect(), Metrics::radius, Metrics::radius);
}

void MessageBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        tint();
    QFrame::changeEvent(event);
}

void MessageBar::tint()
{
    const KindLook look = lookOf(m_kind);
    m_icon->setPixmap(iconPixmap(look.glyph, familyColor(look.family, palette()), Metrics::rowIcon, devicePixelRatioF()));
}

} // namespace app
