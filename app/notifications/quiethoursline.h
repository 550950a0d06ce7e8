// Sets the quiet hours: a switch and two times. The inbox page owns it.
#pragma once

#include "app/core/settings.h"

#include <QWidget>

class QCheckBox;
class QTimeEdit;

namespace app {

class QuietHoursLine : public QWidget
{
    Q_OBJECT

public:
    explicit QuietHoursLine(Settings &settings, QWidget *parent = nullptr);

private:
    void keep();

    Settings &m_settings;
    QCheckBox *m_on;
    QTimeEdit *m_from;
    QTimeEdit *m_to;
};

} // namespace app
