// Which server is in front: its name, how it is, and PROD where it matters. Its menu has the others. Stands at the top of the
// sidebar.
#pragma once

#include "app/core/servers.h"

#include <QAbstractButton>

class QMenu;

namespace app {

class ServerChooser : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ServerChooser(Servers &servers, QWidget *parent = nullptr);

    void setCollapsed(bool collapsed);
    QMenu *menu(); // made anew each time; deletes itself when closed

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void manageRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tell();

    Servers &m_servers;
    bool m_collapsed = false;
};

} // namespace app
