#include "app/widgets/toast.h"

#include "app/look/metrics.h"
#include "app/widgets/buttons.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr std::chrono::seconds stays{5};

} // namespace

Toast::Toast(QWidget *over)
    : QWidget(over)
    , m_text(new QLabel)
    , m_action(button({}, ButtonKind::Quiet))
    , m_timer(new QTimer(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_action->setStyleSheet(u"color: palette(bright-text); background: transparent; text-decoration: underline;"_s);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->addWidget(m_text);
    layout->addWidget(m_action);

    m_timer->setSingleShot(true);
    m_timer->setInterval(stays);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT actionRequested();
    });
    over->installEventFilter(this);
    hide();
}

void Toast::say(const QString &text, const QString &action)
{
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer->start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString Toast::text() const
{
    return m_text->text();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(rect(), Metrics::radius, Metrics::radius);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer->stop();
    QWidget::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    m_timer->start();
    QWidget::leaveEvent(event);
}

void Toast::place()
{
    const QSize size = sizeHint().boundedTo(parentWidget()->size());
    const QPoint corner(parentWidget()->width() - size.width() - Metrics::pageMargin, parentWidget()->height() - size.height() - Metrics::pageMargin);
    setGeometry({corner, size});
}

} // namespace app
