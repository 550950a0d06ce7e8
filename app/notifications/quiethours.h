// When nothing may pop up: from one time of the day to another, also over midnight. A value of the settings; times are local.
#pragma once

#include <QString>
#include <QTime>

namespace app {

struct QuietHours {
    bool on = false;
    QTime from{22, 0};
    QTime to{7, 0};

    bool operator==(const QuietHours &) const = default;

    bool contains(QTime time) const; // equal times are the whole day

    // "22:00-07:00", "off 22:00-07:00"; what does not read is off.
    static QuietHours fromText(const QString &text);
    QString toText() const;
};

} // namespace app
