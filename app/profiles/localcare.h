// What the panel of the local server shows and does: keeps it true while somebody looks. The servers page owns it.
#pragma once

#include "app/core/services.h"

#include <QTimer>

namespace app {

class LocalPanel;

class LocalCare : public QObject
{
    Q_OBJECT

public:
    LocalCare(Services &services, LocalPanel &panel, QObject *parent = nullptr);

    void setLive(bool live); // its log moves on
    void refresh();

private:
    Services &m_services;
    LocalPanel &m_panel;
    QTimer m_tick;
};

} // namespace app
