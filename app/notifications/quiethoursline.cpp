#include "app/notifications/quiethoursline.h"

#include "app/look/metrics.h"
#include "app/notifications/quiethours.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimeEdit>

namespace app {

QuietHoursLine::QuietHoursLine(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_on(new QCheckBox(tr("No notifications from")))
    , m_from(new QTimeEdit)
    , m_to(new QTimeEdit)
{
    const QuietHours hours = QuietHours::fromText(m_settings.get(setting::quietHours));
    m_on->setToolTip(tr("Only the icon shows then that something waits"));
    m_on->setChecked(hours.on);
    m_from->setAccessibleName(tr("Beginning of the quiet hours"));
    m_to->setAccessibleName(tr("End of the quiet hours"));
    m_from->setTime(hours.from);
    m_to->setTime(hours.to);
    auto *until = new QLabel(tr("to", "from one time to another"));
    until->setBuddy(m_to);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::rowGap);
    layout->setSpacing(Metrics::rowGap);
    for (QWidget *part : {static_cast<QWidget *>(m_on), static_cast<QWidget *>(m_from), static_cast<QWidget *>(until), static_cast<QWidget *>(m_to)})
        layout->addWidget(part);
    layout->addStretch();
    for (QTimeEdit *edit : {m_from, m_to}) {
        edit->setDisplayFormat(QLocale().timeFormat(QLocale::ShortFormat));
        edit->setEnabled(hours.on);
        connect(edit, &QTimeEdit::timeChanged, this, &QuietHoursLine::keep);
    }
    connect(m_on, &QCheckBox::clicked, this, &QuietHoursLine::keep);
}

void QuietHoursLine::keep()
{
    m_from->setEnabled(m_on->isChecked());
    m_to->setEnabled(m_on->isChecked());
    m_settings.set(setting::quietHours, QuietHours{m_on->isChecked(), m_from->time(), m_to->time()}.toText());
}

} // namespace app
